import assert from "node:assert/strict";
import test from "node:test";
import { Deliveries } from "./deliveries.mjs";

function begun() {
  const delays = [];
  const deliveries = new Deliveries((dueMs, receivedMs) => delays.push(receivedMs - dueMs));
  const receive = (kind, sequence, missed = null) => deliveries.received(1, "s", { kind, sequence, missed }, 100);
  receive("SNAPSHOT", 3);
  deliveries.begin();
  return { deliveries, receive, delays };
}

test("an update is received whether it comes before or after the answer to the sender", () => {
  const { deliveries, receive, delays } = begun();
  deliveries.acknowledged("s", 4, 90);
  receive("LOCATION", 4);
  receive("LOCATION", 5);
  assert.deepEqual(deliveries.figures(), { received: 1, missing: 0, holes: 0, declared: 0 });
  deliveries.acknowledged("s", 5, 70);
  assert.deepEqual(deliveries.figures(), { received: 2, missing: 0, holes: 0, declared: 0 });
  assert.deepEqual(delays, [10, 30]);
});

test("an update that never comes is missing, for each watcher of that session", () => {
  const { deliveries, receive } = begun();
  deliveries.received(2, "s", { kind: "SNAPSHOT", sequence: 5, missed: null }, 100);
  deliveries.received(3, "other", { kind: "SNAPSHOT", sequence: 1, missed: null }, 100);
  [4, 5, 6].forEach((sequence) => deliveries.acknowledged("s", sequence, 90));
  receive("LOCATION", 4);
  assert.equal(deliveries.figures().missing, 2 + 1);
});

test("a number that does not follow is a hole, unless the stream says so", () => {
  const { deliveries, receive } = begun();
  receive("LOCATION", 5);
  assert.deepEqual([deliveries.figures().holes, deliveries.figures().declared], [1, 0]);
  receive("LOCATION", 8, 2);
  receive("GAP", 10);
  receive("SNAPSHOT", 10);
  receive("LOCATION", 11);
  assert.deepEqual([deliveries.figures().holes, deliveries.figures().declared], [1, 2]);
  receive("LOCATION", 11);
  assert.equal(deliveries.figures().holes, 2);
});

test("what the warm-up sent does not count", () => {
  const { deliveries, receive, delays } = begun();
  deliveries.acknowledged("s", 4, 0);
  receive("LOCATION", 4);
  receive("LOCATION", 9);
  deliveries.begin();
  receive("LOCATION", 10);
  assert.deepEqual(deliveries.figures(), { received: 0, missing: 0, holes: 0, declared: 0 });
  assert.equal(delays.length, 1);
});
