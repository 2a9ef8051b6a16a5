import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { runOpenLoop } from "./openLoop.mjs";

test("sends at the rate, whatever the answers do", async () => {
  let running = 0;
  let most = 0;
  const begun = performance.now();
  const result = await runOpenLoop({
    ratePerSecond: 100,
    seconds: 0.3,
    call: async () => {
      most = Math.max(most, ++running);
      await sleep(200);
      running--;
    },
  });
  assert.equal(result.sent, 30);
  assert.equal(result.ok, 30);
  assert.ok(most > 10, `${most} at a time`);
  assert.ok(performance.now() - begun >= 290 + 190);
});

test("a stall counts in every call that it delayed", async () => {
  const result = await runOpenLoop({
    ratePerSecond: 100,
    seconds: 0.3,
    call: async (index) => {
      const endMs = performance.now() + (index === 5 ? 150 : 0);
      while (performance.now() < endMs);
    },
  });
  const slow = result.latenciesMs.filter((latencyMs) => latencyMs > 40).length;
  assert.ok(slow >= 10, `${slow} calls saw the stall`);
  assert.ok(result.serviceTimesMs.filter((timeMs) => timeMs > 40).length < slow);
});

test("counts errors by message, and their time too", async () => {
  const result = await runOpenLoop({
    ratePerSecond: 1_000,
    seconds: 0.02,
    call: async (index) => {
      if (index % 4 === 0) {
        throw new Error("OVERLOADED");
      }
    },
  });
  assert.deepEqual([result.sent, result.ok, result.errors], [20, 15, { OVERLOADED: 5 }]);
  assert.equal(result.latenciesMs.length, 20);
});
