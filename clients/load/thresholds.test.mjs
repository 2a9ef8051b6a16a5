import assert from "node:assert/strict";
import test from "node:test";
import { verdicts } from "./thresholds.mjs";

const operations = {
  getVendor: { count: 999, failed: 0, percentiles: { 95: 90, 99: 250 } },
  move: { count: 1, failed: 0, percentiles: { 95: 9_000 } },
};

test("each limit that the run has something for gets a verdict", () => {
  const limits = { operations: { getVendor: { p95: 100, p99: 200 }, createIncident: { p95: 300 } } };
  assert.deepEqual(
    verdicts({ operations, hitRates: {} }, limits).map(({ what, met }) => [what, met]),
    [
      ["getVendor p95", true],
      ["getVendor p99", false],
    ],
  );
});

test("hit rates have a lowest value", () => {
  const limits = { hitRates: { getVendor: 0.8, searchVendorsNearby: 0.6, getTrackingSession: 0.7 } };
  assert.deepEqual(
    verdicts({ operations, hitRates: { getVendor: 0.79, searchVendorsNearby: 0.6 } }, limits).map(({ met }) => met),
    [false, true],
  );
});

test("the error rate is of all requests and stays below its limit", () => {
  const failing = { ...operations, move: { ...operations.move, failed: 1 } };
  assert.equal(verdicts({ operations, hitRates: {} }, { errorRate: 0.001 })[0].met, true);
  assert.equal(verdicts({ operations: failing, hitRates: {} }, { errorRate: 0.001 })[0].met, false);
});
