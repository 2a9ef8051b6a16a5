import assert from "node:assert/strict";
import test from "node:test";
import { arrivals, secondsOf } from "./arrivals.mjs";
import { KINDS, citySize } from "./kinds.mjs";

/** How many requests are due in each third of a run. */
function thirds(phases) {
  const due = [...arrivals(phases)];
  const third = (1_000 * secondsOf(phases)) / 3;
  return [0, 1, 2].map((i) => due.filter((ms) => ms >= i * third && ms < (i + 1) * third).length);
}

test("ramp goes evenly from nothing up to the rate", () => {
  const phases = KINDS.ramp.phases(90, 30);
  assert.equal(secondsOf(phases), 30);
  assert.deepEqual(thirds(phases), [150, 450, 750]);
});

test("spike has 20 users, suddenly as many as the rate says, then 20 again", () => {
  const phases = KINDS.spike.phases(150, 90);
  assert.equal(secondsOf(phases), 90);
  assert.deepEqual(thirds(phases), [20 * 30, 150 * 30, 20 * 30]);
});

test("soak is constant, long, and watches what grows", () => {
  const { phases, rate, seconds, watchesGrowth } = KINDS.soak;
  assert.deepEqual([rate, seconds, watchesGrowth], [50, 1_800, true]);
  assert.deepEqual(thirds(phases(rate, 30)), [500, 500, 500]);
});

test("incidents are a thousand within a second", () => {
  const { phases, rate, seconds } = KINDS.incidents;
  const due = [...arrivals(phases(rate, seconds))];
  assert.equal(due.length, 1_000);
  assert.ok(due.at(-1) < 1_000);
});

test("each vehicle of a fleet sends a location a second", () => {
  const settings = { vendors: 200, sessions: 50, seconds: 60 };
  assert.deepEqual(citySize(KINDS.fleet, settings, 500), { vendors: 500, sessions: 500 });
  assert.deepEqual(Object.keys(KINDS.fleet.shares), ["updateLocation"]);
});

test("each incident has a vendor, and no more sessions begin than there are vendors", () => {
  const settings = { vendors: 20, sessions: 50, seconds: 2 };
  assert.deepEqual(citySize(KINDS.incidents, settings, 100), { vendors: 200, sessions: 0 });
  assert.deepEqual(citySize(KINDS.mixed, settings, 100), { vendors: 20, sessions: 20 });
});
