import assert from "node:assert/strict";
import { test } from "node:test";
import { watch } from "./watch.mjs";

const update = (kind, sequence, epoch = "e1") => ({ data: { onTrackingUpdated: { kind, sequence, epoch } } });

/** A client whose operations have these results; an operation that does not end well ends with what it throws. */
function clientOf(...operations) {
  const sent = [];
  return {
    sent,
    iterate({ variables }) {
      sent.push(variables);
      const { results = [], problem } = operations[sent.length - 1];
      return (async function* () {
        yield* results;
        if (problem) throw problem;
      })();
    },
  };
}

async function seen(client) {
  const sequences = [];
  for await (const { sequence } of watch(client, "s1")) {
    sequences.push(sequence);
  }
  return sequences;
}

test("comes back with the number and the epoch of the last update", async () => {
  const goingAway = { code: 1001, reason: "Going away; retry after 1 ms" };
  const client = clientOf(
    { results: [update("SNAPSHOT", 7), update("LOCATION", 8)], problem: goingAway },
    { problem: goingAway },
    { results: [update("LOCATION", 9, "e2")], problem: goingAway },
    { results: [update("ENDED", 10, "e2")] },
  );
  assert.deepEqual(await seen(client), [7, 8, 9, 10]);
  assert.deepEqual(client.sent, [
    { sessionId: "s1", after: undefined, epoch: undefined },
    { sessionId: "s1", after: 8, epoch: "e1" },
    { sessionId: "s1", after: 8, epoch: "e1" },
    { sessionId: "s1", after: 9, epoch: "e2" },
  ]);
});

test("waits as long as the service asks for", async () => {
  const begin = performance.now();
  await seen(clientOf({ problem: { code: 1001, reason: "Going away; retry after 150 ms" } }, { results: [update("ENDED", 2)] }));
  assert.ok(performance.now() - begin >= 149);
});

test("comes back after a lost connection and after a failure that passes", async () => {
  const unavailable = { extensions: { code: "UNAVAILABLE", retryAfterSeconds: 0.001 } };
  const client = clientOf(
    { results: [update("SNAPSHOT", 1)], problem: { type: "error", message: "ECONNREFUSED" } },
    { problem: { code: 1006, reason: "" } },
    { problem: [unavailable] },
    { results: [{ data: null, errors: [unavailable] }] },
    { results: [update("ENDED", 2)] },
  );
  assert.deepEqual(await seen(client), [1, 2]);
});

test("gives up where another attempt would fail, too", async () => {
  const problems = [[{ extensions: { code: "NOT_FOUND" } }], { code: 4401, reason: "Unauthorized" }, new TypeError("a fault of the client")];
  for (const problem of problems) {
    await assert.rejects(seen(clientOf({ problem })), (thrown) => thrown === problem);
  }
});
