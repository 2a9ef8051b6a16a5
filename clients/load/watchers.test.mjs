import assert from "node:assert/strict";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import test from "node:test";
import { WebSocketServer } from "ws";
import { Watchers } from "./watchers.mjs";

/** A service whose streams begin with a snapshot of 1; `tell` sends an update to the nth watcher, `cut` breaks its connection. */
async function startService(t) {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "graphql-transport-ws" });
  await once(server, "listening");
  const streams = [];
  server.on("connection", (socket) =>
    socket.on("message", (text) => {
      const { type, id, payload } = JSON.parse(text);
      if (type === "connection_init") {
        socket.send(JSON.stringify({ type: "connection_ack" }));
      } else if (type === "subscribe") {
        streams.push({ socket, id, query: payload.query });
        tell(streams.length - 1, { kind: "SNAPSHOT", sequence: 1, missed: null });
      }
    }),
  );
  const tell = (n, onTrackingUpdated) =>
    streams[n].socket.send(JSON.stringify({ type: "next", id: streams[n].id, payload: { data: { onTrackingUpdated } } }));
  const watchers = new Watchers(`http://127.0.0.1:${server.address().port}/graphql`, {}, () => {});
  t.after(async () => {
    await watchers.close();
    server.close();
  });
  return { watchers, tell, cut: (n) => streams[n].socket.terminate(), queryOf: (n) => streams[n].query };
}

const location = (sequence) => ({ kind: "LOCATION", sequence, missed: null });

test("updates on their way are waited for, and what does not come is missing", async (t) => {
  const { watchers, tell, queryOf } = await startService(t);
  await watchers.watch("s");
  await watchers.watch("s");
  assert.match(queryOf(0), /kind sequence missed/);
  watchers.begin();
  watchers.acknowledged("s", 2, performance.now());
  tell(0, location(2));
  const soon = sleep(60).then(() => tell(1, location(2)));
  await watchers.settle(5_000);
  await soon;
  assert.deepEqual(watchers.figures(), { received: 2, holes: 0, declared: 0, missing: 0, broken: 0 });

  watchers.acknowledged("s", 3, performance.now());
  tell(0, location(3));
  const beganMs = performance.now();
  await watchers.settle(100);
  assert.ok(performance.now() - beganMs >= 99);
  assert.equal(watchers.figures().missing, 1);
});

test("a connection that breaks is counted", async (t) => {
  const { watchers, cut } = await startService(t);
  await watchers.watch("s");
  watchers.begin();
  cut(0);
  for (let i = 0; i < 100 && watchers.figures().broken === 0; i++) {
    await sleep(10);
  }
  assert.equal(watchers.figures().broken, 1);
});
