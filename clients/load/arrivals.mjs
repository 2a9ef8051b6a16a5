/**
 * A part of a run in which the rate goes evenly from one value to another.
 *
 * @typedef {object} Phase
 * @property {number} seconds
 * @property {number} from requests a second at its beginning
 * @property {number} to requests a second at its end
 */

/**
 * When each request of a run is due, in milliseconds from its beginning. The number of requests due up to a moment is
 * the integral of the rate.
 *
 * @param {readonly Phase[]} phases one after another
 * @returns {Generator<number>} ascending
 */
export function* arrivals(phases) {
  let beganMs = 0;
  let due = 0;
  let dueBefore = 0;
  for (const { seconds, from, to } of phases) {
    const gain = (to - from) / seconds;
    const dueAfter = dueBefore + ((from + to) / 2) * seconds;
    for (; due < dueAfter - 1e-9; due++) {
      yield beganMs + 1_000 * timeOf(due - dueBefore, from, gain);
    }
    beganMs += 1_000 * seconds;
    dueBefore = dueAfter;
  }
}

/** Solves count = from × t + gain × t² / 2 for t in seconds. */
function timeOf(count, from, gain) {
  if (Math.abs(gain) < 1e-12) {
    return count / from;
  }
  return (Math.sqrt(from * from + 2 * gain * count) - from) / gain;
}

/** @param {readonly Phase[]} phases */
export function secondsOf(phases) {
  return phases.reduce((sum, { seconds }) => sum + seconds, 0);
}
