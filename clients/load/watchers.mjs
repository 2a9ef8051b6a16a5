import { createClient } from "graphql-ws";
import { WebSocket } from "ws";

const DOCUMENT = "subscription($id: ID!) { onTrackingUpdated(sessionId: $id) { kind sequence } }";

/**
 * People who follow sessions, each over a WebSocket of its own. The delay of an update is measured from when its location
 * was due to be sent until a watcher has received it.
 */
export class Watchers {
  #url;
  #headers;
  #onDelay;
  #clients = [];
  #due = new Map();
  #early = new Map();
  #last = new Map();
  received = 0;
  holes = 0;
  broken = 0;

  /**
   * @param {string} url of the GraphQL endpoint
   * @param {Record<string, string>} headers
   * @param {(dueMs: number, receivedMs: number) => void} onDelay both as `performance.now()` says
   */
  constructor(url, headers, onDelay) {
    this.#url = url.replace(/^http/, "ws");
    this.#headers = headers;
    this.#onDelay = onDelay;
  }

  /** @param {string} sessionId @returns {Promise<void>} once the snapshot is there; rejects if the subscription fails before */
  watch(sessionId) {
    const headers = this.#headers;
    const WithHeaders = class extends WebSocket {
      constructor(url, protocols) {
        super(url, protocols, { headers });
      }
    };
    const client = createClient({ url: this.#url, webSocketImpl: WithHeaders, retryAttempts: 0, lazy: true });
    this.#clients.push(client);
    const watcher = this.#clients.length;
    return new Promise((resolve, reject) => {
      client.subscribe(
        { query: DOCUMENT, variables: { id: sessionId } },
        {
          next: ({ data, errors }) => {
            if (errors) {
              this.broken++;
              reject(new Error(errors[0].message));
            } else {
              this.#receive(watcher, sessionId, data.onTrackingUpdated);
              resolve();
            }
          },
          error: (error) => {
            this.broken++;
            reject(error instanceof Error ? error : new Error(`the WebSocket broke: ${JSON.stringify(error)}`));
          },
          complete: () => resolve(),
        },
      );
    });
  }

  /** A location was acknowledged with that sequence. @param {string} sessionId @param {number} sequence @param {number} dueMs */
  acknowledged(sessionId, sequence, dueMs) {
    const key = `${sessionId} ${sequence}`;
    this.#due.set(key, dueMs);
    (this.#early.get(key) ?? []).forEach((receivedMs) => this.#onDelay(dueMs, receivedMs));
    this.#early.delete(key);
  }

  async close() {
    await Promise.all(this.#clients.map((client) => client.dispose()));
  }

  #receive(watcher, sessionId, { kind, sequence }) {
    const previous = this.#last.get(watcher);
    this.#last.set(watcher, sequence);
    if (kind === "SNAPSHOT") {
      return;
    }
    this.received++;
    if (previous !== undefined && sequence !== previous + 1) {
      this.holes++;
    }
    const receivedMs = performance.now();
    const key = `${sessionId} ${sequence}`;
    const dueMs = this.#due.get(key);
    if (dueMs !== undefined) {
      this.#onDelay(dueMs, receivedMs);
    } else if (this.#early.has(key)) {
      // the answer to the sender may come after the update
      this.#early.get(key).push(receivedMs);
    } else {
      this.#early.set(key, [receivedMs]);
    }
  }
}
