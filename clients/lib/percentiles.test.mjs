import assert from "node:assert/strict";
import { test } from "node:test";
import { percentile, summarizeDurations } from "./percentiles.mjs";

const upTo = (n) => Array.from({ length: n }, (_, i) => i + 1);

test("nearest rank", () => {
  assert.equal(percentile(upTo(100), 95), 95);
  assert.equal(percentile(upTo(100), 99), 99);
  assert.equal(percentile(upTo(100), 100), 100);
  assert.equal(percentile(upTo(1_500), 95), 1_425);
  assert.equal(percentile([15, 20, 35, 40, 50], 30), 20);
  assert.equal(percentile([7], 1), 7);
});

test("a rank that is whole is not pushed up by rounding", () => {
  for (const [n, percent, expected] of [
    [20, 95, 19],
    [100, 29, 29],
    [1_000, 95, 950],
    [200, 99, 198],
  ]) {
    assert.equal(percentile(upTo(n), percent), expected);
  }
});

test("there is none of nothing, and none at 0", () => {
  assert.ok(Number.isNaN(percentile([], 95)));
  assert.throws(() => percentile([1], 0), RangeError);
  assert.throws(() => percentile([1], 101), RangeError);
});

test("sorts by number and leaves the input alone", () => {
  const durations = [100, 9, 20];
  assert.deepEqual(summarizeDurations(durations), { count: 3, p50: 20, p95: 100, p99: 100, max: 100 });
  assert.deepEqual(durations, [100, 9, 20]);
});
