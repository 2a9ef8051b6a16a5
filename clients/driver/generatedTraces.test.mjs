import assert from "node:assert/strict";
import { test } from "node:test";
import { generatedTraces } from "./generatedTraces.mjs";
import { planTrace } from "./plan.mjs";

test("the same seed gives the same traces", () => {
  assert.deepEqual(generatedTraces(3), generatedTraces(3));
  assert.notDeepEqual(generatedTraces(3), generatedTraces(4));
});

test("hold every kind of messiness", () => {
  const traces = generatedTraces(1);
  const plans = traces.map((trace) => planTrace(trace, 1_800_000_000_000, "file"));
  const times = plans.map((plan) => plan.locations.map(({ recordedAt }) => Date.parse(recordedAt)));
  const fixes = traces.flatMap((trace) => trace.fixes);
  assert.ok(times.some((each) => new Set(each).size < each.length), "a time twice");
  assert.ok(times.some((each) => each.some((time, i) => time < each[i - 1])), "backwards");
  assert.ok(plans.some((plan) => plan.locations.some(({ latitude }) => Math.abs(latitude) > 90)), "impossible");
  assert.ok(fixes.some((fix) => fix.latitude === 0 && fix.longitude === 0));
  assert.ok(fixes.some((fix) => fix.speedMetersPerSecond < 0));
  assert.ok(plans.some((plan) => plan.leftOut > 0));
});
