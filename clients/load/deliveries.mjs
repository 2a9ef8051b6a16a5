/**
 * What watchers received of a run.
 *
 * @typedef {object} Watched
 * @property {number} received updates of locations that the run sent
 * @property {number} missing updates that a watcher should have and does not: its session was acknowledged beyond what it has received
 * @property {number} holes updates whose number does not follow the one before, and do not say so
 * @property {number} declared gaps that the stream itself told of, which is no fault
 * @property {number} broken subscriptions
 */

/** Compares what was acknowledged with what watchers received. No network, no clock. */
export class Deliveries {
  #onDelay;
  #due = new Map();
  #early = new Map();
  #acknowledged = new Map();
  #watchers = new Map();
  #counts = { received: 0, holes: 0, declared: 0 };

  /** @param {(dueMs: number, receivedMs: number) => void} onDelay */
  constructor(onDelay) {
    this.#onDelay = onDelay;
  }

  /** Forgets what was counted, not how far each watcher is. */
  begin() {
    this.#due.clear();
    this.#early.clear();
    this.#acknowledged.clear();
    this.#counts = { received: 0, holes: 0, declared: 0 };
  }

  /** @param {string} sessionId @param {number} sequence @param {number} dueMs when the location was due to be sent */
  acknowledged(sessionId, sequence, dueMs) {
    const key = `${sessionId} ${sequence}`;
    this.#due.set(key, dueMs);
    if (!this.#acknowledged.has(sessionId)) {
      this.#acknowledged.set(sessionId, []);
    }
    this.#acknowledged.get(sessionId).push(sequence);
    (this.#early.get(key) ?? []).forEach((receivedMs) => this.#delivered(dueMs, receivedMs));
    this.#early.delete(key);
  }

  /**
   * @param {number} watcher
   * @param {string} sessionId
   * @param {{kind: string, sequence: number, missed: number | null}} update
   * @param {number} receivedMs
   */
  received(watcher, sessionId, { kind, sequence, missed }, receivedMs) {
    const last = this.#watchers.get(watcher)?.last;
    this.#watchers.set(watcher, { sessionId, last: Math.max(last ?? 0, sequence) });
    if (kind === "SNAPSHOT") {
      return;
    }
    if (kind === "GAP" || missed > 0) {
      this.#counts.declared++;
    }
    if (kind === "GAP") {
      return;
    }
    if (last !== undefined && sequence !== last + 1 + (missed ?? 0)) {
      this.#counts.holes++;
    }
    const key = `${sessionId} ${sequence}`;
    const dueMs = this.#due.get(key);
    if (dueMs !== undefined) {
      this.#delivered(dueMs, receivedMs);
    } else {
      // the answer to the sender may come after the update
      this.#early.set(key, [...(this.#early.get(key) ?? []), receivedMs]);
    }
  }

  /** @returns {Omit<Watched, "broken">} */
  figures() {
    const missing = [...this.#watchers.values()].map(({ sessionId, last }) => {
      const sequences = this.#acknowledged.get(sessionId) ?? [];
      return sequences.filter((sequence) => sequence > last).length;
    });
    return { ...this.#counts, missing: missing.reduce((sum, each) => sum + each, 0) };
  }

  #delivered(dueMs, receivedMs) {
    this.#counts.received++;
    this.#onDelay(dueMs, receivedMs);
  }
}
