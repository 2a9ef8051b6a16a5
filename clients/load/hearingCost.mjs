/**
 * What was counted during one part of a run.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {number} seconds
 * @property {number} changes that were written
 * @property {number} heard messages that the hearing instance counted
 * @property {Record<string, number>} cpuSeconds by process: `hearing`, `writing`, `floor`, `redis`
 * @property {number} floorMessages that the floor counted
 */

/**
 * The CPU microseconds for each unit in the median round of a name, beyond what the process takes when nothing happens.
 *
 * @param {readonly Part[]} parts
 * @param {string} name
 * @param {string} process
 * @param {(part: Part) => number} unitsOf
 * @returns {number} NaN if there is no unit
 */
export function microsEach(parts, name, process, unitsOf) {
  const rounds = roundsOf(parts, name, process, unitsOf);
  const middle = rounds.length >> 1;
  return rounds.length % 2 === 1 ? rounds[middle] : (rounds[middle - 1] + rounds[middle]) / 2;
}

/** @returns {number} the share of a core that a process takes when nothing happens */
export function idleShare(parts, process) {
  const idle = parts.filter((part) => part.name === "idle");
  const seconds = sum(idle, (part) => part.seconds);
  return seconds === 0 ? 0 : sum(idle, (part) => part.cpuSeconds[process]) / seconds;
}

/** How far the rounds of a part are from their median at most, as a share of it; NaN for one round, of which nobody knows. */
export function noiseOf(parts, name, process, unitsOf) {
  const rounds = roundsOf(parts, name, process, unitsOf);
  const median = microsEach(parts, name, process, unitsOf);
  return rounds.length < 2 ? NaN : Math.max(median - rounds[0], rounds.at(-1) - median) / median;
}

/** The figure of each round, in ascending order. */
function roundsOf(parts, name, process, unitsOf) {
  const idle = idleShare(parts, process);
  return parts
    .filter((part) => part.name === name && unitsOf(part) > 0)
    .map((part) => (1e6 * (part.cpuSeconds[process] - idle * part.seconds)) / unitsOf(part))
    .sort((a, b) => a - b);
}

/**
 * What a message costs Redis by itself and for each subscriber, from two measurements with different numbers of subscribers.
 *
 * @param {{subscribers: number, messages: number, cpuSeconds: number}} few
 * @param {{subscribers: number, messages: number, cpuSeconds: number}} many
 */
export function redisMicros(few, many) {
  const each = ({ messages, cpuSeconds }) => (1e6 * cpuSeconds) / messages;
  const perSubscriber = (each(many) - each(few)) / (many.subscribers - few.subscribers);
  return { publish: each(few) - few.subscribers * perSubscriber, perSubscriber };
}

function sum(parts, of) {
  return parts.reduce((total, part) => total + of(part), 0);
}
