import { metersBetween } from "../lib/geo.mjs";

/**
 * Gives a time to each fix that has none: between two that have one, in proportion to the way; else by a speed. Where no fix has one, the
 * first is at 0.
 *
 * @param {readonly (import("./traces.mjs").Fix & {timeMs?: number})[]} fixes in the order of the drive
 * @param {number} metersPerSecond above 0
 * @returns {import("./traces.mjs").Fix[]}
 */
export function withTimes(fixes, metersPerSecond) {
  if (fixes.every((fix) => fix.timeMs !== undefined)) {
    return [...fixes];
  }
  // metres from the first fix, at each fix
  const ways = [0];
  for (let i = 1; i < fixes.length; i++) {
    ways[i] = ways[i - 1] + metersBetween(fixes[i - 1], fixes[i]);
  }
  const known = fixes.flatMap((fix, i) => (fix.timeMs === undefined ? [] : [i]));
  let passed = 0;
  return fixes.map((fix, i) => {
    if (fix.timeMs !== undefined) {
      passed++;
      return fix;
    }
    return { ...fix, timeMs: Math.round(timeBetween(known[passed - 1], known[passed], i)) };
  });

  function timeBetween(before, after, i) {
    const msOf = (meters) => (meters / metersPerSecond) * 1_000;
    if (before === undefined) {
      const from = after === undefined ? { ms: 0, way: 0 } : { ms: fixes[after].timeMs, way: ways[after] };
      return from.ms + msOf(ways[i] - from.way);
    }
    if (after === undefined) {
      return fixes[before].timeMs + msOf(ways[i] - ways[before]);
    }
    const share = ways[after] === ways[before] ? (i - before) / (after - before) : (ways[i] - ways[before]) / (ways[after] - ways[before]);
    return fixes[before].timeMs + share * (fixes[after].timeMs - fixes[before].timeMs);
  }
}
