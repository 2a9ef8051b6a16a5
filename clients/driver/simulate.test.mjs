import assert from "node:assert/strict";
import { test } from "node:test";
import { metersBetween } from "../lib/geo.mjs";
import { simulatedTraces } from "./simulate.mjs";

const AUSTIN = { latitude: 30.2672, longitude: -97.7431 };
const AIRPORT = { latitude: 30.1975, longitude: -97.6664 };
const WAY = { from: AUSTIN, to: AIRPORT, everyMs: 1_000, metersPerSecond: 14 };
const CITY = { around: AUSTIN, radiusMeters: 4_000, durationMs: 300_000, everyMs: 2_000, metersPerSecond: 14 };

/** What moves so can be a vehicle in a city, as far as its receiver knows where it is. */
function assertDrives({ id, fixes }, { everyMs, metersPerSecond }) {
  for (const [i, fix] of fixes.entries()) {
    assert.ok(fix.speedMetersPerSecond >= 0 && fix.speedMetersPerSecond <= metersPerSecond, `${id} ${i}: ${fix.speedMetersPerSecond}`);
    assert.ok(fix.headingDegrees >= 0 && fix.headingDegrees <= 360, `${id} ${i}: ${fix.headingDegrees}`);
    if (i > 0) {
      const seconds = (fix.timeMs - fixes[i - 1].timeMs) / 1_000;
      assert.ok(seconds > 0 && seconds <= everyMs / 1_000);
      assert.ok(metersBetween(fixes[i - 1], fix) <= metersPerSecond * seconds + 15, `${id} ${i}`);
      assert.ok(fix.speedMetersPerSecond - fixes[i - 1].speedMetersPerSecond <= 2 * seconds, `${id} ${i}: it jumps off`);
    }
  }
}

test("drives from one position to another, faster between corners than at them", () => {
  const [trace] = simulatedTraces(WAY, 1, 1);
  assertDrives(trace, WAY);
  assert.ok(metersBetween(trace.fixes[0], AUSTIN) < 10);
  assert.ok(metersBetween(trace.fixes.at(-1), AIRPORT) < 10);
  const speeds = trace.fixes.map((fix) => fix.speedMetersPerSecond);
  assert.ok(speeds.some((speed) => speed > 12) && speeds.slice(1, -1).some((speed) => speed < 5.5));
});

test("heads where it goes", () => {
  const { fixes } = simulatedTraces(WAY, 1, 1)[0];
  for (let i = 10; i < fixes.length; i += 10) {
    const [from, to] = [fixes[i - 1], fixes[i]];
    const east = (to.longitude - from.longitude) * Math.cos((from.latitude * Math.PI) / 180);
    const goes = (Math.atan2(east, to.latitude - from.latitude) * 180) / Math.PI;
    const off = Math.abs(((goes - to.headingDegrees + 540) % 360) - 180);
    // corners and the receiver's error aside
    assert.ok(metersBetween(from, to) < 12 || off < 50, `${i}: ${goes} and not ${to.headingDegrees}`);
  }
});

test("drives around a city for so long, and never out of it", () => {
  for (const trace of simulatedTraces(CITY, 5, 2)) {
    assertDrives(trace, CITY);
    assert.equal(trace.fixes.at(-1).timeMs, 300_000);
    assert.equal(trace.fixes.length, 151);
    assert.ok(trace.fixes.every((fix) => metersBetween(fix, AUSTIN) < 4_020));
  }
});

test("many vehicles go ways of their own, the same for the same seed", () => {
  const of = (seed) => simulatedTraces(WAY, 12, seed);
  const starts = new Set(of(1).map(({ fixes }) => `${fixes[0].latitude},${fixes[0].longitude}`));
  assert.equal(starts.size, 12);
  assert.deepEqual([of(1)[0].id, of(1)[11].id], ["simulated-01", "simulated-12"]);
  assert.deepEqual(of(1), of(1));
  assert.notDeepEqual(of(1)[0], of(2)[0]);
});

test("crosses the date line, and ends at once where it begins", () => {
  const [across] = simulatedTraces({ ...WAY, from: { latitude: 52, longitude: 179.99 }, to: { latitude: 52, longitude: -179.99 } }, 1, 1);
  assert.ok(across.fixes.length < 1_000 && across.fixes.at(-1).longitude < 0);
  assert.equal(simulatedTraces({ ...WAY, to: AUSTIN }, 1, 1)[0].fixes.length, 1);
});
