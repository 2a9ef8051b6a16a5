/** Jobs by the time when they come, the earliest first: a binary heap. */
export class Jobs {
  #all = [];

  get size() {
    return this.#all.length;
  }

  add(job) {
    let at = this.#all.push(job) - 1;
    for (let above = (at - 1) >> 1; at > 0 && this.#all[above].atMicros > job.atMicros; above = (at - 1) >> 1) {
      this.#all[at] = this.#all[above];
      at = above;
    }
    this.#all[at] = job;
  }

  next() {
    const first = this.#all[0];
    const last = this.#all.pop();
    if (this.#all.length > 0) {
      let at = 0;
      for (let below = 1; below < this.#all.length; below = 2 * at + 1) {
        below += below + 1 < this.#all.length && this.#all[below + 1].atMicros < this.#all[below].atMicros ? 1 : 0;
        if (this.#all[below].atMicros >= last.atMicros) {
          break;
        }
        this.#all[at] = this.#all[below];
        at = below;
      }
      this.#all[at] = last;
    }
    return first;
  }
}
