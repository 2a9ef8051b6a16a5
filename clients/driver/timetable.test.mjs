import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../lib/random.mjs";
import { rounds, withFaults } from "./timetable.mjs";

const NO_FAULTS = { drop: 0, shuffleWindow: 1 };
const fixesOf = (...timesMs) => timesMs.map((timeMs, i) => ({ timeMs, latitude: i, longitude: 0, headingDegrees: 10 * i }));
const seconds = (count) => Array.from({ length: count }, (_, i) => ({ fix: { latitude: i }, takenMs: i * 1_000 }));
const numbers = ({ stops }) => stops.map(({ fix }) => fix.latitude);
const drive = (fixes, more = {}) => rounds(fixes, { speed: 1, loop: false, faults: NO_FAULTS, random: seededRandom(1), ...more });

test("keeps the gaps of a drive, and shortens them at a higher speed", () => {
  const taken = (speed) => [...drive(fixesOf(5_000, 6_000, 9_000), { speed })][0].stops.map(({ takenMs }) => takenMs);
  assert.deepEqual(taken(1), [0, 1_000, 4_000]);
  assert.deepEqual(taken(10), [0, 100, 400]);
  assert.deepEqual(taken(0.5), [0, 2_000, 8_000]);
});

test("drives back and forth, with no fix twice and no jump", () => {
  const endless = drive(fixesOf(0, 1_000, 3_000), { loop: true });
  const [there, back, again] = [1, 2, 3].map(() => endless.next().value);
  assert.deepEqual([there, back, again].map(numbers), [[0, 1, 2], [1, 0], [1, 2]]);
  assert.deepEqual(
    [there, back, again].map(({ stops }) => stops.map(({ takenMs }) => takenMs)),
    [[0, 1_000, 3_000], [5_000, 6_000], [7_000, 9_000]],
  );
  assert.deepEqual(
    back.stops.map(({ fix }) => fix.headingDegrees),
    [190, 180],
  );
});

test("a drive that takes no time is driven once", () => {
  assert.equal([...drive(fixesOf(7), { loop: true })].length, 1);
});

test("drops exactly the share, and the same ones for the same seed", () => {
  const dropped = (seed) => withFaults(seconds(200), { ...NO_FAULTS, drop: 0.05 }, seededRandom(seed));
  assert.equal(dropped(1).dropped, 10);
  assert.equal(dropped(1).stops.length, 190);
  assert.deepEqual(numbers(dropped(1)), numbers(dropped(1)));
  assert.notDeepEqual(numbers(dropped(1)), numbers(dropped(2)));
  assert.equal(withFaults(seconds(7), { ...NO_FAULTS, drop: 1 }, seededRandom(1)).stops.length, 0);
});

test("shuffles within a window only, loses nothing, and sends nothing before it is taken", () => {
  const mixed = withFaults(seconds(23), { ...NO_FAULTS, shuffleWindow: 5 }, seededRandom(3));
  assert.notDeepEqual(numbers(mixed), numbers({ stops: seconds(23) }));
  for (let from = 0; from < 23; from += 5) {
    const window = numbers(mixed).slice(from, from + 5);
    assert.deepEqual(
      window.toSorted((a, b) => a - b),
      seconds(23).slice(from, from + 5).map(({ fix }) => fix.latitude),
    );
  }
  mixed.stops.forEach((stop, i) => {
    assert.ok(stop.sentMs >= stop.takenMs && stop.sentMs >= (mixed.stops[i - 1]?.sentMs ?? 0));
    assert.equal(stop.isBuffered, false);
  });
  assert.deepEqual(numbers(mixed), numbers(withFaults(seconds(23), { ...NO_FAULTS, shuffleWindow: 5 }, seededRandom(3))));
});

test("keeps what is taken offline, and sends it at the end of that time", () => {
  const sent = (offline) =>
    withFaults(seconds(10), { ...NO_FAULTS, offline }, seededRandom(1)).stops.map(({ sentMs, isBuffered }) =>
      isBuffered ? `${sentMs} buffered` : sentMs,
    );
  const later = "5500 buffered";
  assert.deepEqual(sent({ forMs: 2_500, atMs: 3_000 }), [0, 1_000, 2_000, later, later, later, 6_000, 7_000, 8_000, 9_000]);
  assert.deepEqual(sent({ forMs: 2_000, atMs: 1_000, everyMs: 4_000 }), [
    0,
    "3000 buffered",
    "3000 buffered",
    3_000,
    4_000,
    "7000 buffered",
    "7000 buffered",
    7_000,
    8_000,
    "11000 buffered",
  ]);
});
