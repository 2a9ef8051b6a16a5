import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { recordOpenLoop, runOpenLoop } from "./openLoop.mjs";
import { Recorder } from "./recorder.mjs";

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

test("a stall counts in the recorded latency of every request that it delayed", async () => {
  const recorder = new Recorder(0.3);
  const next = (index) => [
    "move",
    async () => {
      const endMs = performance.now() + (index === 5 ? 150 : 0);
      while (performance.now() < endMs);
      if (index === 29) {
        throw new Error("OVERLOADED");
      }
    },
  ];
  await recordOpenLoop([{ seconds: 0.3, from: 100, to: 100 }], performance.now(), next, recorder);
  const { move } = recorder.operations();
  assert.deepEqual([move.count, move.failed, move.errors], [30, 1, { OVERLOADED: 1 }]);
  assert.ok(move.percentiles[90] > 100, `p90 ${move.percentiles[90]} ms`);
  const slow = move.curve.find(([, ms]) => ms > 40)[0];
  assert.ok(slow < 70, `${slow} % of the requests did not see the stall`);
});
