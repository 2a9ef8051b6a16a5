import assert from "node:assert/strict";
import test from "node:test";
import { compareRuns, relativeDeviation } from "./compareRuns.mjs";

const STEADY = [10, 10, 10, 10, 10, 10, 10, 10, 10, 10];

function run(factor, { slicesP95 = STEADY, peer = 1, ...more } = {}) {
  const percentiles = { 50: 5 * factor, 95: 10 * factor, 99: 20 * factor };
  return {
    kind: "mixed",
    ratePerSecond: 100,
    watchers: 50,
    peer: { percentiles: { 50: peer } },
    operations: { getVendor: { percentiles, slicesP95 } },
    ...more,
  };
}

const worse = (report, stored) => compareRuns(report, stored).filter((each) => each.worse).map(({ what }) => what);

test("names what became worse", () => {
  assert.deepEqual(worse(run(1.1), run(1)), []);
  assert.deepEqual(worse(run(1.3), run(1)), ["getVendor p50", "getVendor p95", "getVendor p99"]);
  assert.deepEqual(worse(run(0.5), run(1)), []);
});

test("a slower machine is no worse service", () => {
  assert.deepEqual(worse(run(2, { peer: 2 }), run(1)), []);
  assert.equal(worse(run(2, { peer: 1.2 }), run(1)).length, 3);
});

test("a run that varies by itself needs a larger difference", () => {
  const noisy = [8, 12, 8, 12, 8, 12, 8, 12, 8, 12];
  assert.equal(relativeDeviation(noisy), 0.2);
  assert.deepEqual(worse(run(1.25, { slicesP95: noisy }), run(1)), []);
  assert.deepEqual(worse(run(1.25), run(1, { slicesP95: noisy })), []);
  assert.equal(worse(run(1.5, { slicesP95: noisy }), run(1)).length, 3);
});

test("only runs of the same kind and size are compared", () => {
  assert.throws(() => compareRuns(run(1, { ratePerSecond: 200 }), run(1)), /differ in ratePerSecond: 200 and 100/);
});
