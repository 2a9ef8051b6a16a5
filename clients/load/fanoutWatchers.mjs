import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { limiter } from "../lib/limiter.mjs";
import { RESUME, WATCH } from "./fanoutSchema.mjs";

const CONNECTING_AT_ONCE = 25;
const SEQUENCE = /"sequence":(\d+)/;
const MISSED = /"missed":(\d+)/;

/**
 * @typedef {object} Watched
 * @property {number} received updates after the first one of each watcher
 * @property {number} holes updates that do not follow the one before, and do not say so
 * @property {number} left updates that the service says it left out
 * @property {number} broken WebSockets that ended
 */

/** Somebody who follows a session. It costs the machine as little as may be: a message is searched, not parsed. */
class Watcher {
  #all;
  #socket;
  #wanted = () => {};

  /** @param {FanoutWatchers} all @param {string} sessionId @param {number} [last] the sequence of the last update that it has */
  constructor(all, sessionId, last) {
    this.#all = all;
    this.sessionId = sessionId;
    this.last = last;
  }

  /** @returns {Promise<void>} once it has an update; of one that resumes, once its stream has begun to run */
  open() {
    const isResumed = this.last !== undefined;
    return new Promise((resolve, reject) => {
      const socket = this.#all.connect();
      this.#socket = socket;
      socket.on("error", reject);
      socket.on("close", (code, reason) => {
        if (!this.#all.isClosing) {
          this.#all.figures.broken++;
          reject(new Error(`the WebSocket ended: ${code} ${reason}`));
        }
      });
      socket.on("open", () => socket.send('{"type":"connection_init"}'));
      socket.on("message", (data) => {
        const text = data.toString("latin1");
        if (text.includes('"type":"next"')) {
          this.#received(text);
          resolve();
        } else if (text.includes('"type":"connection_ack"')) {
          const variables = { id: this.sessionId, ...(isResumed && { after: this.last }) };
          const payload = { query: isResumed ? RESUME : WATCH, variables };
          socket.send(JSON.stringify({ id: "1", type: "subscribe", payload }));
        } else if (text.includes('"type":"ping"')) {
          socket.send('{"type":"pong"}');
        } else {
          this.#all.figures.broken++;
          reject(new Error(text.slice(0, 300)));
        }
      });
    });
  }

  /** @param {number} sequence @returns {Promise<void>} once it has the update with this number */
  has(sequence) {
    return new Promise((resolve) => {
      this.#wanted = () => this.last >= sequence && resolve();
      this.#wanted();
    });
  }

  close() {
    this.#socket?.terminate();
  }

  #received(text) {
    const sequence = Number(SEQUENCE.exec(text)?.[1]);
    if (this.last !== undefined) {
      const missed = Number(MISSED.exec(text)?.[1] ?? 0);
      this.#all.figures.received++;
      this.#all.figures.left += missed;
      if (sequence !== this.last + 1 + missed) {
        this.#all.figures.holes++;
      }
      this.#all.onReceived(this.sessionId, sequence);
    }
    this.last = sequence;
    this.#wanted();
  }
}

/** Watchers, each with a WebSocket of its own. */
export class FanoutWatchers {
  #url;
  #headers;
  #watchers = [];
  isClosing = false;
  figures = { received: 0, holes: 0, left: 0, broken: 0 };

  /**
   * @param {string} url of the GraphQL endpoint
   * @param {Record<string, string>} headers
   * @param {(sessionId: string, sequence: number) => void} onReceived is told of each update
   */
  constructor(url, headers, onReceived = () => {}) {
    this.#url = url.replace(/^http/, "ws");
    this.#headers = headers;
    this.onReceived = onReceived;
  }

  /** @param {string[]} sessionIds one for each further watcher @returns {Promise<void>} once they have the snapshot */
  async open(sessionIds) {
    const added = sessionIds.map((id) => new Watcher(this, id));
    this.#watchers.push(...added);
    const limited = limiter(CONNECTING_AT_ONCE);
    await Promise.all(added.map((watcher) => limited(() => watcher.open())));
  }

  /**
   * Opens a stream for each watcher of others, which continues after the last update that the other one has. They come evenly within a time.
   *
   * @param {FanoutWatchers} others
   * @param {Record<string, number>} newest the sequence that each session has, by its id
   * @param {number} withinMs
   * @returns {Promise<number>} the time until the last one has what it missed, in milliseconds
   */
  async resume(others, newest, withinMs) {
    this.#watchers = others.#watchers.map(({ sessionId, last }) => new Watcher(this, sessionId, last));
    const beganMs = performance.now();
    await Promise.all(
      this.#watchers.map(async (watcher, index) => {
        await sleep((withinMs * index) / this.#watchers.length);
        await Promise.all([watcher.open(), watcher.has(newest[watcher.sessionId])]);
      }),
    );
    return performance.now() - beganMs;
  }

  /** @param {Record<string, number>} newest the sequence that each session has, by its id @returns {number} how many do not have it */
  behind(newest) {
    return this.#watchers.filter(({ sessionId, last }) => last < (newest[sessionId] ?? 0)).length;
  }

  /** For a watcher. */
  connect() {
    return new WebSocket(this.#url, "graphql-transport-ws", { headers: this.#headers, perMessageDeflate: false });
  }

  close() {
    this.isClosing = true;
    this.#watchers.forEach((watcher) => watcher.close());
  }
}
