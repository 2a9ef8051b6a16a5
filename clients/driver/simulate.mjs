import { flatMap } from "../lib/geo.mjs";
import { seededRandom } from "../lib/random.mjs";

const CORNER_METERS_PER_SECOND = 5;
const ACCELERATION = 1.8;
const BRAKING = 2.5;
/** How far from each other drives towards one place begin. */
const SCATTER_METERS = 1_000;
const MOST_FIXES = 200_000;

/**
 * @typedef {object} Simulation
 * @property {import("../lib/geo.mjs").Position} [from] with `to`: where the first vehicle begins; others begin within a kilometre
 * @property {import("../lib/geo.mjs").Position} [to]
 * @property {import("../lib/geo.mjs").Position} [around] the middle of a city, where `to` is absent
 * @property {number} radiusMeters of the city
 * @property {number} durationMs of a drive in the city
 * @property {number} everyMs between two fixes
 * @property {number} metersPerSecond the highest speed, between corners and lights
 */

/**
 * Makes up drives along streets: straight between corners, slower before each, some stops, and the small errors of a receiver.
 *
 * @param {Simulation} simulation
 * @param {number} vehicles
 * @param {number} seed the same seed gives the same drives
 * @returns {import("./traces.mjs").Trace[]}
 */
export function simulatedTraces(simulation, vehicles, seed) {
  return Array.from({ length: vehicles }, (_, index) => {
    const random = seededRandom(seed * 7_919 + index);
    const map = flatMap(simulation.from ?? simulation.around);
    const way = simulation.to
      ? wayBetween(random, scattered(random, index), map.toPoint(simulation.to))
      : wayAround(random, simulation.radiusMeters, (simulation.metersPerSecond * simulation.durationMs) / 1_000);
    const durationMs = simulation.to ? Infinity : simulation.durationMs;
    const fixes = driveAlong(random, way, { ...simulation, durationMs });
    return {
      id: `simulated-${String(index + 1).padStart(String(vehicles).length, "0")}`,
      file: "simulated",
      fixes: fixes.map(({ at, ...fix }) => ({ ...fix, ...rounded(map.toPosition(at)) })),
    };
  });
}

/** Streets run along two directions, so a way is a stair of blocks towards its end. */
function wayBetween(random, from, to) {
  const way = [from];
  const left = { east: to.east - from.east, north: to.north - from.north };
  let along = random.next() < 0.5 ? "east" : "north";
  while (Math.hypot(left.east, left.north) > 1) {
    // the nearer the end, the shorter the blocks; the last one leads exactly there
    const other = along === "east" ? "north" : "east";
    const isLast = Math.abs(left[other]) <= 1;
    const blocks = random.between(150, 600) + Math.hypot(left.east, left.north) / 20;
    const step = isLast || Math.abs(left[along]) < blocks * 1.5 ? left[along] : Math.sign(left[along]) * blocks;
    if (Math.abs(step) > 0) {
      const last = way.at(-1);
      way.push({ ...last, [along]: last[along] + step });
      left[along] -= step;
    }
    along = other;
  }
  return way;
}

/** Turns at corners, never back, and never out of the city. */
function wayAround(random, radiusMeters, lengthMeters) {
  const start = pointWithin(random, radiusMeters * 0.7);
  const way = [start];
  let headingDegrees = random.integer(0, 3) * 90;
  for (let length = 0; length <= lengthMeters; ) {
    const last = way.at(-1);
    const block = Math.min(random.between(120, 500), radiusMeters / 2);
    const turns = [headingDegrees, headingDegrees + 90, headingDegrees - 90, headingDegrees + 180];
    const choices = [turns[random.next() < 0.5 ? 0 : random.integer(1, 2)], ...turns];
    const ends = choices.map((degrees) => ({ degrees, end: moved(last, degrees, block) }));
    const { degrees, end } = ends.find(({ end }) => Math.hypot(end.east, end.north) <= radiusMeters) ?? ends.at(-1);
    headingDegrees = degrees;
    way.push(end);
    length += block;
  }
  return way;
}

/** Follows a way second by second, or in shorter steps where fixes come faster, and tells some of them. */
function driveAlong(random, way, { everyMs, durationMs, metersPerSecond }) {
  const stepMs = Math.min(everyMs, 1_000);
  const fixes = [];
  let [leg, done, speed, waitMs] = [0, 0, 0, 0];
  for (let timeMs = 0, nextMs = 0; timeMs <= durationMs && fixes.length < MOST_FIXES; timeMs += stepMs) {
    const { length, headingDegrees } = legOf(way, leg);
    if (timeMs >= nextMs || leg === way.length - 1) {
      const at = moved(way[leg], headingDegrees, done);
      fixes.push(received(random, timeMs, at, speed, headingDegrees));
      nextMs += everyMs;
    }
    if (leg === way.length - 1) {
      break;
    }
    if (waitMs > 0) {
      waitMs -= stepMs;
      continue;
    }
    const isEnd = leg === way.length - 2;
    const atCorner = isEnd ? 1 : Math.min(CORNER_METERS_PER_SECOND, metersPerSecond);
    const brakes = Math.sqrt(atCorner ** 2 + 2 * BRAKING * Math.max(0, length - done));
    const wanted = Math.min(metersPerSecond * random.between(0.9, 1), brakes);
    const seconds = stepMs / 1_000;
    speed = Math.max(1, Math.min(wanted, speed + ACCELERATION * seconds));
    done += speed * seconds;
    while (leg < way.length - 1 && done >= legOf(way, leg).length) {
      done -= legOf(way, leg).length;
      leg++;
      if (random.next() < 0.15 && leg < way.length - 1) {
        // a red light, at the corner
        [done, speed, waitMs] = [0, 0, random.between(5_000, 25_000)];
      }
    }
    if (leg === way.length - 1) {
      [done, speed] = [0, 0];
    }
  }
  return fixes;
}

function legOf(way, leg) {
  // at the end of the way the vehicle looks as it came
  const [from, to] = leg < way.length - 1 ? [way[leg], way[leg + 1]] : [way[leg - 1] ?? way[leg], way[leg]];
  const [east, north] = [to.east - from.east, to.north - from.north];
  return {
    length: Math.hypot(east, north),
    headingDegrees: ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360,
  };
}

function received(random, timeMs, at, speed, headingDegrees) {
  const accuracyMeters = random.between(3, 12);
  const error = () => (random.next() + random.next() - 1) * accuracyMeters * 0.3;
  return {
    timeMs,
    at: { east: at.east + error(), north: at.north + error() },
    speedMetersPerSecond: Number(speed.toFixed(2)),
    headingDegrees: Number(((headingDegrees + random.between(-2, 2) + 360) % 360).toFixed(1)),
    accuracyMeters: Number(accuracyMeters.toFixed(1)),
  };
}

function moved({ east, north }, degrees, meters) {
  const radians = (degrees * Math.PI) / 180;
  return { east: east + Math.sin(radians) * meters, north: north + Math.cos(radians) * meters };
}

function scattered(random, index) {
  return index === 0 ? { east: 0, north: 0 } : pointWithin(random, SCATTER_METERS);
}

function pointWithin(random, radiusMeters) {
  return moved({ east: 0, north: 0 }, random.between(0, 360), radiusMeters * Math.sqrt(random.next()));
}

function rounded({ latitude, longitude }) {
  return { latitude: Number(latitude.toFixed(6)), longitude: Number(longitude.toFixed(6)) };
}
