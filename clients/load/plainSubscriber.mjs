import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** A plain subscriber in a process of its own, see hearingFloor.mjs. */
export class PlainSubscriber {
  #child;

  constructor(child) {
    this.#child = child;
  }

  /** @param {{redis: string, channels: string[], connections: number}} what to subscribe to, so many times */
  static async start(what) {
    const floor = new PlainSubscriber(fork(join(import.meta.dirname, "hearingFloor.mjs")));
    await floor.#ask(what);
    return floor;
  }

  /** @returns {Promise<{messages: number, bytes: number, cpuSeconds: number}>} so far */
  figures() {
    return this.#ask({});
  }

  stop() {
    this.#child.kill();
  }

  async #ask(what) {
    const answer = once(this.#child, "message");
    this.#child.send(what);
    return (await answer)[0];
  }
}
