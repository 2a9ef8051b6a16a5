import assert from "node:assert/strict";
import test from "node:test";
import { endOf, growthAt, heardShareOf, SINGLE } from "./busModel.mjs";

const MEASURED = {
  heardUnknown: 40,
  heardCached: 60,
  heartbeat: 10,
  written: 1_000,
  query: 100,
  delivered: 20,
  publish: 20,
  perSubscriber: 2,
  changeBytes: 1_000,
  heartbeatBytes: 100,
};
const LOAD = { changesPerSecond: 100, queriesPerSecond: 50, watchers: 2, cachedShare: 0.5, heartbeatsPerSecond: 4 };
const close = (actual, expected) => assert.ok(Math.abs(actual - expected) < 1e-9 * Math.max(1, expected), `${actual} and not ${expected}`);

test("an instance by itself hears its own messages come back", () => {
  const one = growthAt(1, MEASURED, LOAD, SINGLE);
  assert.equal(one.heardPerSecond, 0);
  assert.equal(one.heartbeatsHeardPerSecond, 4);
  close(one.hearingCores, (104 * 10) / 1e6);
  close(one.workCores, (100 * (1_000 + 2 * 20) + 50 * 100) / 1e6);
  close(one.bytesInPerSecond, 100 * 1_000 + 4 * 100);
  close(one.redisCores, (104 * 22) / 1e6);
});

test("on one channel each instance hears all the others, and Redis sends the square of that", () => {
  const eight = growthAt(8, MEASURED, LOAD, SINGLE);
  assert.equal(eight.changesPerSecond, 800);
  assert.equal(eight.heardPerSecond, 700);
  assert.equal(eight.heartbeatsHeardPerSecond, 32);
  close(eight.hearingCores, (700 * 50 + 132 * 10) / 1e6);
  close(eight.redisCores, (832 * (20 + 8 * 2)) / 1e6);
  close(eight.redisBytesOutPerSecond, 8 * (800 * 1_000 + 32 * 100));
  assert.equal(eight.workCores, growthAt(1, MEASURED, LOAD, SINGLE).workCores);
});

test("shards alone help nobody who has interests in all of them, and cost heartbeats", () => {
  const sharded = { shards: 16, interests: 2_000, routed: false };
  const single = growthAt(16, MEASURED, LOAD, SINGLE);
  const spread = growthAt(16, MEASURED, LOAD, sharded);
  close(spread.heardPerSecond, single.heardPerSecond);
  close(spread.heartbeatsHeardPerSecond, 16 * single.heartbeatsHeardPerSecond);
  assert.ok(spread.hearingCores > single.hearingCores);
});

test("few interests hear few shards", () => {
  close(heardShareOf(10, { shards: 4, interests: 1, routed: false }), 1 / 4);
  close(heardShareOf(10, { shards: 4, interests: 2, routed: false }), 1 - (3 / 4) ** 2);
  close(heardShareOf(2, { shards: 4, interests: 1, routed: true }), 1 / 2 + 1 / 8);
  assert.equal(heardShareOf(10, { shards: 4, interests: 0, routed: false }), 0);
});

test("with routing an instance hears about what it writes, however many there are", () => {
  const routed = { shards: 64, interests: 0, routed: true };
  for (const instances of [1, 2, 4, 8, 16, 32, 64]) {
    const growth = growthAt(instances, MEASURED, LOAD, routed);
    close(growth.heardShare, 1 / instances);
    close(growth.heardPerSecond, 0);
    close(growth.bytesInPerSecond, 100 * 1_000 + (64 / instances) * 4 * 100);
    assert.ok(growth.redisBytesOutPerSecond < 1.1 * 1_000 * growth.changesPerSecond * (1 + 64 / instances / 100));
  }
});

test("more instances than shards share them", () => {
  close(heardShareOf(64, { shards: 16, interests: 0, routed: true }), 1 / 16);
  const growth = growthAt(64, MEASURED, LOAD, { shards: 16, interests: 0, routed: true });
  assert.equal(growth.heardPerSecond, 300);
});

test("it ends where the first limit is exceeded", () => {
  const none = { hearingCores: Infinity, redisCores: Infinity, bytesPerSecond: Infinity };
  assert.equal(endOf(MEASURED, LOAD, SINGLE, none, 100), undefined);
  const hearing = endOf(MEASURED, LOAD, SINGLE, { ...none, hearingCores: 0.25 });
  assert.equal(hearing.limit, "hearing");
  assert.ok(growthAt(hearing.instances - 1, MEASURED, LOAD, SINGLE).hearingCores <= 0.25);
  assert.ok(growthAt(hearing.instances, MEASURED, LOAD, SINGLE).hearingCores > 0.25);
  assert.equal(endOf(MEASURED, LOAD, SINGLE, { ...none, redisCores: 0.01 }).limit, "the thread of Redis");
  assert.deepEqual(endOf(MEASURED, LOAD, SINGLE, { ...none, bytesPerSecond: 350_000 }), {
    instances: 2,
    changesPerSecond: 200,
    limit: "the network of Redis",
  });
});
