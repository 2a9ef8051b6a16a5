import http from "node:http";
import { buildSchema, graphql } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { SCHEMA } from "./fanoutSchema.mjs";

/**
 * A plain GraphQL server in one Node process, as the documentation of `graphql-ws` builds it: updates come from memory and are kept nowhere.
 * It is started by fanout.mjs as a child process, tells its port, and ends with its parent.
 */
const schema = buildSchema(SCHEMA);
const sessions = new Map();

/** The updates of one watcher. They wait in a list while the WebSocket is busy. */
class Updates {
  #waiting = [];
  #wake = () => {};
  #ended = false;

  push(update) {
    this.#waiting.push(update);
    this.#wake();
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  async next() {
    while (this.#waiting.length === 0 && !this.#ended) {
      await new Promise((resolve) => (this.#wake = resolve));
    }
    return this.#ended ? { done: true, value: undefined } : { done: false, value: this.#waiting.shift() };
  }

  async return() {
    this.#ended = true;
    this.#wake();
    return { done: true, value: undefined };
  }
}

function sessionOf(id) {
  if (!sessions.has(id)) {
    sessions.set(id, { sequence: 0, location: null, watchers: new Set() });
  }
  return sessions.get(id);
}

function update(kind, { sequence, location }) {
  const eta = { arrivesAt: new Date(Date.now() + 600_000).toISOString(), durationSeconds: 600, distanceMeters: 8234.5 };
  return { onTrackingUpdated: { kind, sequence, at: new Date().toISOString(), status: "EN_ROUTE", location, eta } };
}

const rootValue = {
  updateLocation: ({ input: { sessionId, location } }) => {
    const session = sessionOf(sessionId);
    session.sequence++;
    session.location = location;
    const told = update("LOCATION", session);
    session.watchers.forEach((watcher) => watcher.push(told));
    return { outcome: "STORED", sequence: session.sequence };
  },
  onTrackingUpdated: ({ sessionId }) => {
    const session = sessionOf(sessionId);
    const updates = new Updates();
    updates.push(update("SNAPSHOT", session));
    session.watchers.add(updates);
    const end = updates.return.bind(updates);
    updates.return = () => {
      session.watchers.delete(updates);
      return end();
    };
    return updates;
  },
};

const server = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const { query, variables } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const result = await graphql({ schema, source: query, rootValue, variableValues: variables });
  const body = JSON.stringify(result);
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  response.end(body);
});
server.keepAliveTimeout = 60_000;
useServer({ schema, roots: { subscription: rootValue } }, new WebSocketServer({ server, path: "/graphql" }));
server.listen(0, "127.0.0.1", 4096, () => process.send?.(server.address()));
process.on("disconnect", () => process.exit(0));
