import assert from "node:assert/strict";
import test from "node:test";
import { Recorder } from "./recorder.mjs";

test("percentiles are those of the latencies, to three digits", () => {
  const recorder = new Recorder(10);
  for (let ms = 1; ms <= 1_000; ms++) {
    recorder.add("search", ms * 10, ms);
  }
  const { search } = recorder.operations();
  assert.equal(search.count, 1_000);
  for (const [percent, expected] of [
    [50, 500],
    [95, 950],
    [99, 990],
  ]) {
    assert.ok(Math.abs(search.percentiles[percent] - expected) <= expected / 500, `${percent}: ${search.percentiles[percent]}`);
  }
  assert.ok(Math.abs(search.max - 1_000) <= 2);
  assert.ok(search.curve.every(([, ms], i) => i === 0 || ms >= search.curve[i - 1][1]));
});

test("failures are counted by message, and their latency counts too", () => {
  const recorder = new Recorder(10);
  recorder.add("move", 0, 1);
  recorder.add("move", 0, 5_000, "TIMEOUT: no answer");
  const { move } = recorder.operations();
  assert.equal(move.failed, 1);
  assert.deepEqual(move.errors, { "TIMEOUT: no answer": 1 });
  assert.ok(move.percentiles[99] > 4_000);
});

test("each tenth of the run has a percentile of its own, and each second a point", () => {
  const recorder = new Recorder(10);
  recorder.add("move", 500, 10);
  recorder.add("move", 9_500, 90);
  assert.deepEqual(
    recorder.operations().move.slices.flatMap(({ count, percentiles }) => (count === 0 ? [] : [Math.round(percentiles[95])])),
    [10, 90],
  );
  assert.equal(recorder.operations().move.slices.length, 10);
  assert.deepEqual(
    recorder.series().map(({ second, count }) => [second, count]),
    [
      [0, 1],
      [9, 1],
    ],
  );
});
