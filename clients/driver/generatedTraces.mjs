import { seededRandom } from "../lib/random.mjs";

const DAY_MS = 86_400_000;
const METERS_PER_DEGREE = 111_195;

/**
 * Made-up drives with the kinds of messiness that the real files have, for where those are absent: a delivery newest
 * first, a shuffled one, repeated times, fixes at 0/0, impossible latitudes, sentinel speeds, fixes that are too old.
 *
 * @param {number} seed the same seed gives the same traces
 * @returns {import("./traces.mjs").Trace[]}
 */
export function generatedTraces(seed) {
  const random = seededRandom(seed);
  const buses = Array.from({ length: 20 }, (_, bus) => ({
    id: `generated-bus-${String(bus).padStart(2, "0")}`,
    fixes: drive(random, random.integer(60, 140), () => random.integer(60, 240) * 1_000),
  }));
  const messy = Object.entries(messes(random)).map(([name, spoiled]) => {
    const everyMs = name === "backwards" ? 100 : 1_000;
    return { id: `generated-${name}`, fixes: spoiled(drive(random, 150, () => everyMs)) };
  });
  return [...buses, ...messy].map((trace) => ({ ...trace, file: "generated" }));
}

/** What goes wrong in one drive each, by name. */
function messes(random) {
  return {
    backwards: (fixes) => fixes.toReversed(),
    shuffled: (fixes) => shuffled(random, fixes),
    duplicates: (fixes) => fixes.flatMap((fix, i) => (i % 9 === 4 ? [fix, { ...fix }] : [fix])),
    zeroes: (fixes) => spoil(fixes, 17, { latitude: 0, longitude: 0 }),
    "impossible-latitude": (fixes) => spoil(fixes, 13, { latitude: 91.5 }),
    "impossible-longitude": (fixes) => spoil(fixes, 11, { longitude: -180.01 }),
    "sentinel-speed": (fixes) =>
      spoil(spoil(fixes, 8, { speedMetersPerSecond: 113.995 }), 15, { speedMetersPerSecond: -1 }),
    "week-long": (fixes) => fixes.map((fix, i) => ({ ...fix, timeMs: fix.timeMs - (i < 25 ? 7 * DAY_MS : 0) })),
  };
}

/** A wandering drive that begins somewhere in a city. */
function drive(random, count, nextGapMs) {
  let latitude = random.between(30.15, 30.45);
  let longitude = random.between(-97.9, -97.6);
  let headingDegrees = random.between(0, 360);
  let timeMs = 1_700_000_000_000 + random.integer(0, 3_600_000);
  return Array.from({ length: count }, () => {
    const speedMetersPerSecond = random.next() < 0.2 ? 0 : random.between(2, 20);
    const gapMs = nextGapMs();
    const degrees = (speedMetersPerSecond * Math.min(gapMs, 60_000)) / 1_000 / METERS_PER_DEGREE;
    timeMs += gapMs;
    headingDegrees = (headingDegrees + random.between(-30, 30) + 360) % 360;
    latitude += degrees * Math.cos((headingDegrees * Math.PI) / 180);
    longitude += degrees * Math.sin((headingDegrees * Math.PI) / 180);
    return {
      timeMs,
      latitude: rounded(latitude, 6),
      longitude: rounded(longitude, 6),
      speedMetersPerSecond: rounded(speedMetersPerSecond, 3),
      headingDegrees: rounded(headingDegrees, 2),
      accuracyMeters: random.next() < 0.3 ? undefined : rounded(random.between(3, 25), 1),
    };
  });
}

/** Every so many fixes one is changed, never the first or the last. */
function spoil(fixes, every, change) {
  return fixes.map((fix, i) => (i > 0 && i < fixes.length - 1 && i % every === 5 ? { ...fix, ...change } : fix));
}

function shuffled(random, fixes) {
  const mixed = [...fixes];
  for (let i = mixed.length - 1; i > 0; i--) {
    const other = random.integer(0, i);
    [mixed[i], mixed[other]] = [mixed[other], mixed[i]];
  }
  return mixed;
}

function rounded(number, digits) {
  return Number(number.toFixed(digits));
}
