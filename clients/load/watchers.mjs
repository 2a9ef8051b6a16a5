import { setTimeout as sleep } from "node:timers/promises";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { Deliveries } from "./deliveries.mjs";

const DOCUMENT = "subscription($id: ID!) { onTrackingUpdated(sessionId: $id) { kind sequence missed } }";

const SETTLE_EVERY_MS = 20;

/** People who follow sessions, each over a WebSocket of its own. */
export class Watchers {
  #url;
  #headers;
  #clients = [];
  #deliveries;
  #broken = 0;

  /**
   * @param {string} url of the GraphQL endpoint
   * @param {Record<string, string>} headers
   * @param {(dueMs: number, receivedMs: number) => void} onDelay for each update of the run: when its location was due to be sent, and
   *     when a watcher had it, both as `performance.now()` says
   */
  constructor(url, headers, onDelay) {
    this.#url = url.replace(/^http/, "ws");
    this.#headers = headers;
    this.#deliveries = new Deliveries(onDelay);
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
              this.#broken++;
              reject(new Error(errors[0].message));
            } else {
              this.#deliveries.received(watcher, sessionId, data.onTrackingUpdated, performance.now());
              resolve();
            }
          },
          error: (error) => {
            this.#broken++;
            reject(error instanceof Error ? error : new Error(`the WebSocket broke: ${JSON.stringify(error)}`));
          },
          complete: () => resolve(),
        },
      );
    });
  }

  /** From now on updates count. Subscriptions that have broken before still do: they receive nothing. */
  begin() {
    this.#deliveries.begin();
  }

  /** A location was acknowledged with that sequence. @param {string} sessionId @param {number} sequence @param {number} dueMs */
  acknowledged(sessionId, sequence, dueMs) {
    this.#deliveries.acknowledged(sessionId, sequence, dueMs);
  }

  /** Waits until every watcher has every update, but no longer than that. @param {number} mostMs */
  async settle(mostMs) {
    const untilMs = performance.now() + mostMs;
    while (this.#deliveries.figures().missing > 0 && performance.now() < untilMs) {
      await sleep(SETTLE_EVERY_MS);
    }
  }

  /** @returns {import("./deliveries.mjs").Watched} since {@link begin} */
  figures() {
    return { ...this.#deliveries.figures(), broken: this.#broken };
  }

  async close() {
    await Promise.all(this.#clients.map((client) => client.dispose()));
  }
}
