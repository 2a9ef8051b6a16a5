/**
 * One fix that a vehicle takes. Times run from the begin of the drive.
 *
 * @typedef {object} Stop
 * @property {import("./traces.mjs").Fix} fix
 * @property {number} takenMs when the vehicle takes it
 * @property {number} sentMs when it may be sent: later where the vehicle is offline, or where fixes overtake each other
 * @property {boolean} isBuffered whether it is taken while the vehicle is offline, so that it comes in a batch
 */

/**
 * One way through a drive.
 *
 * @typedef {object} Round
 * @property {Stop[]} stops in the order of sending
 * @property {number} dropped fixes that the vehicle never sends
 * @property {number} endMs when the last fix is taken
 */

/**
 * @typedef {object} Faults
 * @property {number} drop share of the fixes that are never sent, 0 to 1
 * @property {number} shuffleWindow so many fixes that follow each other are sent in another order; 1: none
 * @property {{forMs: number, atMs: number, everyMs?: number}} [offline] how long the vehicle is offline, from when on, and how often
 */

/**
 * When the fixes of a drive are taken and sent, round after round. A second round drives back the same way, because no vehicle jumps to
 * where it began.
 *
 * @param {readonly import("./traces.mjs").Fix[]} fixes by recorded time, at least one
 * @param {object} settings
 * @param {number} settings.speed how many times faster than recorded
 * @param {boolean} settings.loop without it there is one round
 * @param {Faults} settings.faults
 * @param {import("../lib/random.mjs").Random} settings.random decides what is dropped and shuffled
 * @returns {Generator<Round>}
 */
export function* rounds(fixes, { speed, loop, faults, random }) {
  const durationMs = fixes.at(-1).timeMs - fixes[0].timeMs;
  for (let number = 0; ; number++) {
    const beginMs = (number * durationMs) / speed;
    const taken = number % 2 === 0 ? fixes : backwards(fixes);
    // where a round ends, the next one begins: that fix is there already
    const stops = taken.slice(number === 0 ? 0 : 1).map((fix) => ({ fix, takenMs: beginMs + (fix.timeMs - taken[0].timeMs) / speed }));
    yield { ...withFaults(stops, faults, random), endMs: beginMs + durationMs / speed };
    if (!loop || durationMs === 0) {
      return;
    }
  }
}

/**
 * @param {{fix: import("./traces.mjs").Fix, takenMs: number}[]} taken
 * @param {Faults} faults
 * @param {import("../lib/random.mjs").Random} random
 * @returns {{stops: Stop[], dropped: number}}
 */
export function withFaults(taken, { drop, shuffleWindow, offline }, random) {
  const left = without(taken, Math.round(taken.length * drop), random);
  let latestMs = -Infinity;
  const stops = shuffled(left, shuffleWindow, random).map((stop) => {
    // none is sent before it is taken, nor before one that goes first
    latestMs = Math.max(latestMs, stop.takenMs);
    const onlineMs = onlineAfter(latestMs, offline);
    return { ...stop, sentMs: onlineMs, isBuffered: onlineMs > latestMs };
  });
  return { stops, dropped: taken.length - left.length };
}

/** Exactly so many are taken away. */
function without(items, count, random) {
  let toDrop = count;
  return items.filter((_, index) => {
    const isDropped = random.next() * (items.length - index) < toDrop;
    toDrop -= isDropped ? 1 : 0;
    return !isDropped;
  });
}

/** Only within so many that follow each other, so that none comes much too late. */
function shuffled(items, window, random) {
  const mixed = [...items];
  for (let from = 0; from < mixed.length && window > 1; from += window) {
    for (let last = Math.min(from + window, mixed.length) - 1; last > from; last--) {
      const other = random.integer(from, last);
      [mixed[last], mixed[other]] = [mixed[other], mixed[last]];
    }
  }
  return mixed;
}

/** When the vehicle is online, at this time or next. */
function onlineAfter(ms, offline) {
  if (offline === undefined || ms < offline.atMs) {
    return ms;
  }
  const intoMs = offline.everyMs === undefined ? ms - offline.atMs : (ms - offline.atMs) % offline.everyMs;
  return intoMs < offline.forMs ? ms - intoMs + offline.forMs : ms;
}

function backwards(fixes) {
  const lastMs = fixes.at(-1).timeMs;
  return fixes.toReversed().map((fix) => ({
    ...fix,
    timeMs: lastMs - fix.timeMs,
    headingDegrees: fix.headingDegrees === undefined ? undefined : (fix.headingDegrees + 180) % 360,
  }));
}
