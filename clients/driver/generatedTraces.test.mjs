import assert from "node:assert/strict";
import { test } from "node:test";
import { expectedOutcomes } from "./expectedOutcomes.mjs";
import { generatedTraces } from "./generatedTraces.mjs";
import { planTrace } from "./plan.mjs";

test("the same seed gives the same traces", () => {
  assert.deepEqual(generatedTraces(3), generatedTraces(3));
  assert.notDeepEqual(generatedTraces(3), generatedTraces(4));
});

test("hold every kind of messiness", () => {
  const traces = generatedTraces(1);
  const plans = traces.map((trace) => planTrace(trace, 1_800_000_000_000, "file"));
  const outcomes = new Set(plans.flatMap((plan) => expectedOutcomes(plan.locations)));
  const fixes = traces.flatMap((trace) => trace.fixes);
  assert.deepEqual([...outcomes].sort(), ["DUPLICATE", "LATE", "REJECTED", "STORED"]);
  assert.ok(fixes.some((fix) => fix.latitude === 0 && fix.longitude === 0));
  assert.ok(fixes.some((fix) => fix.speedMetersPerSecond < 0));
  assert.ok(plans.some((plan) => plan.leftOut > 0));
});
