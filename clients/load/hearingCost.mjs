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
 * The CPU microseconds for each unit, over all parts of a name, beyond what the process takes when nothing happens.
 *
 * @param {readonly Part[]} parts
 * @param {string} name
 * @param {string} process
 * @param {(part: Part) => number} unitsOf
 */
export function microsEach(parts, name, process, unitsOf) {
  const idle = idleShare(parts, process);
  const own = parts.filter((part) => part.name === name);
  const cpu = sum(own, (part) => part.cpuSeconds[process] - idle * part.seconds);
  const units = sum(own, unitsOf);
  return units === 0 ? NaN : (1e6 * cpu) / units;
}

/** @returns {number} the share of a core that a process takes when nothing happens */
export function idleShare(parts, process) {
  const idle = parts.filter((part) => part.name === "idle");
  const seconds = sum(idle, (part) => part.seconds);
  return seconds === 0 ? 0 : sum(idle, (part) => part.cpuSeconds[process]) / seconds;
}

/** How far the rounds of a part are from each other: the greatest distance from their mean, as a share of it. */
export function noiseOf(parts, name, process, unitsOf) {
  const rounds = parts
    .filter((part) => part.name === name)
    .map((part) => microsEach([part, ...parts.filter(({ name: other }) => other === "idle")], name, process, unitsOf));
  const mean = rounds.reduce((total, each) => total + each, 0) / rounds.length;
  return rounds.length < 2 ? NaN : Math.max(...rounds.map((each) => Math.abs(each - mean))) / mean;
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
