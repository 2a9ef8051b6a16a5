import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { verdicts } from "./thresholds.mjs";

const operations = {
  getVendor: { count: 999, failed: 0, percentiles: { 95: 90, 99: 250 } },
  move: { count: 1, failed: 0, percentiles: { 95: 9_000 } },
};
const watched = { missing: 0, holes: 0, broken: 0 };
const judge = (report, limits, hasAll = false) =>
  verdicts({ operations, steps: {}, hitRates: {}, watched, ...report }, limits, hasAll);
const met = (found) => found.map(({ what, met: isMet }) => [what, isMet]);

test("each limit that the run has something for gets a verdict", () => {
  const limits = { operations: { getVendor: { p95: 100, p99: 200 }, createIncident: { p95: 300 } } };
  assert.deepEqual(met(judge({}, limits)), [
    ["getVendor p95", true],
    ["getVendor p99", false],
  ]);
});

test("a run that should have everything misses what it has no data for", () => {
  const limits = { operations: { createIncident: { p95: 300 } }, hitRates: { getVendor: 0.8 } };
  assert.deepEqual(met(judge({}, limits, true)), [
    ["createIncident p95", false],
    ["hit rate of getVendor", false],
  ]);
});

test("a step has limits, too", () => {
  const steps = { createIncident: { count: 1, failed: 0, percentiles: { 95: 301 } } };
  assert.deepEqual(met(judge({ steps }, { operations: { createIncident: { p95: 300 } } })), [["createIncident p95", false]]);
});

test("hit rates have a lowest value", () => {
  const limits = { hitRates: { getVendor: 0.8, searchVendorsNearby: 0.6, getTrackingSession: 0.7 } };
  const hitRates = { getVendor: 0.79, searchVendorsNearby: 0.6 };
  assert.deepEqual(
    judge({ hitRates }, limits).map((each) => each.met),
    [false, true],
  );
});

test("the error rate is of all requests and stays below its limit", () => {
  const failing = { ...operations, move: { ...operations.move, failed: 1 } };
  assert.equal(judge({}, { errorRate: 0.001 })[0].met, true);
  assert.equal(judge({ operations: failing }, { errorRate: 0.001 })[0].met, false);
});

test("steps and received updates are no requests: they do not make the error rate smaller", () => {
  const failing = { getVendor: { count: 999, failed: 1, percentiles: {} } };
  const steps = { "update received": { count: 100_000, failed: 0, percentiles: {} } };
  assert.equal(judge({ operations: failing, steps }, { errorRate: 0.001 })[0].value, 1 / 999);
  assert.equal(judge({ operations: failing, steps }, { errorRate: 0.001 })[0].met, false);
});

for (const file of ["thresholds.json", "thresholds.smoke.json"]) {
  test(`${file} allows no missing update, hole or broken stream`, () => {
    const limits = { watched: JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")).watched };
    assert.deepEqual(met(judge({}, limits)), [
      ["updates missing", true],
      ["holes in streams", true],
      ["broken subscriptions", true],
    ]);
    for (const name of ["missing", "holes", "broken"]) {
      assert.equal(judge({ watched: { ...watched, [name]: 1 } }, limits).filter((each) => !each.met).length, 1, name);
    }
  });
}
