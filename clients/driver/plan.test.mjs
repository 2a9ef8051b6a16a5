import assert from "node:assert/strict";
import { test } from "node:test";
import { NEWEST_AGE_MS, OLDEST_AGE_MS, planTrace, START_MARGIN_MS } from "./plan.mjs";

const NOW_MS = 1_800_000_000_000;
const fix = (timeMs, latitude = 30, longitude = -97, more = {}) => ({ timeMs, latitude, longitude, ...more });
const plan = (fixes, order = "file") => planTrace({ id: "t", file: "f", fixes }, NOW_MS, order);
const agesMs = ({ locations }) => locations.map((location) => NOW_MS - Date.parse(location.recordedAt));

test("the newest fix is just past and the gaps stay", () => {
  assert.deepEqual(agesMs(plan([fix(0), fix(1_500), fix(9_000)])), [
    NEWEST_AGE_MS + 9_000,
    NEWEST_AGE_MS + 7_500,
    NEWEST_AGE_MS,
  ]);
});

test("what is older than six days after the shift is left out and counted", () => {
  const limitMs = OLDEST_AGE_MS - NEWEST_AGE_MS;
  const { locations, leftOut, startedAt } = plan([fix(-1), fix(0), fix(limitMs)]);
  assert.equal(leftOut, 1);
  assert.deepEqual(agesMs({ locations }), [OLDEST_AGE_MS, NEWEST_AGE_MS]);
  assert.ok(NOW_MS - Date.parse(startedAt) < 7 * 86_400_000);
});

test("the session starts before the oldest fix, in whatever order they are sent", () => {
  const { startedAt } = plan([fix(5_000), fix(1_000), fix(9_000)]);
  assert.equal(Date.parse(startedAt), NOW_MS - NEWEST_AGE_MS - 8_000 - START_MARGIN_MS);
});

test("sends in the file's order, or by recorded time", () => {
  const backwards = [fix(2_000), fix(1_000), fix(0)];
  assert.deepEqual(agesMs(plan(backwards)), [5_000, 6_000, 7_000]);
  assert.deepEqual(agesMs(plan(backwards, "recorded")), [7_000, 6_000, 5_000]);
});

test("vendor and incident are at the first and last valid position by recorded time", () => {
  const { from, to } = plan([fix(4, 0, 0), fix(3, 3, 3), fix(2, 2, 2), fix(1, 0, -6.7), fix(0, 91, 1)]);
  assert.deepEqual(
    [from, to],
    [
      { latitude: 2, longitude: 2 },
      { latitude: 3, longitude: 3 },
    ],
  );
});

test("a trace without a valid position is still sent", () => {
  assert.deepEqual(plan([fix(0, 91)]).from, { latitude: 0, longitude: 0 });
});

test("values go as they are, and those not reported are not in the JSON", () => {
  const { locations } = plan([
    fix(0, 91.5, -97, { speedMetersPerSecond: -1, headingDegrees: 507.78, accuracyMeters: NaN }),
  ]);
  assert.deepEqual(JSON.parse(JSON.stringify(locations[0])), {
    latitude: 91.5,
    longitude: -97,
    recordedAt: new Date(NOW_MS - NEWEST_AGE_MS).toISOString(),
    speedMetersPerSecond: -1,
    headingDegrees: 507.78,
  });
});

test("a position that JSON cannot carry is counted, not sent", () => {
  const { locations, unsendable } = plan([fix(0), fix(1, NaN), fix(2, 1, Infinity)]);
  assert.deepEqual([locations.length, unsendable], [1, 2]);
});

test("nothing to send gives no plan", () => {
  assert.equal(plan([fix(0, NaN)]), undefined);
});
