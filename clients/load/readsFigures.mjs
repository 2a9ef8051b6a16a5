import { idleShare } from "./hearingCost.mjs";
import { sumBy } from "./prometheus.mjs";

/**
 * What was counted while one server answered one kind of request.
 *
 * @typedef {object} Part
 * @property {string} name of the kind; `idle` for a part without requests
 * @property {number} round
 * @property {string} process that answered
 * @property {number} seconds
 * @property {number} answers
 * @property {Record<string, number>} cpuSeconds by process
 */

/**
 * The CPU microseconds for an answer in each round, beyond what the process takes when nothing happens.
 *
 * @param {readonly Part[]} parts
 * @param {string} name
 * @returns {Map<number, number>} by round
 */
export function microsByRound(parts, name) {
  return new Map(
    parts
      .filter((part) => part.name === name && part.answers > 0)
      .map(({ round, process, seconds, answers, cpuSeconds }) => [
        round,
        (1e6 * (cpuSeconds[process] - idleShare(parts, process) * seconds)) / answers,
      ]),
  );
}

/**
 * How many times as much one kind costs as another: the median of the ratios of the rounds, because both had the same machine then.
 *
 * @param {readonly Part[]} parts
 * @param {string} name
 * @param {string} other
 * @returns {number} NaN without a round that has both
 */
export function ratioOf(parts, name, other) {
  const others = microsByRound(parts, other);
  return median([...microsByRound(parts, name)].filter(([round]) => others.has(round)).map(([round, micros]) => micros / others.get(round)));
}

/** @param {readonly number[]} values @returns {number} NaN without values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** How far the values are from their median at most, as a share of it; NaN for fewer than two. @param {readonly number[]} values */
export function noiseOf(values) {
  const middle = median(values);
  return values.length < 2 ? NaN : Math.max(...values.map((value) => Math.abs(value - middle))) / middle;
}

/**
 * All bytes that a JVM has allocated: what its collections have seen, and what is in the eden since the last one, which is empty after each.
 *
 * @param {readonly import("./prometheus.mjs").Sample[]} samples
 */
export function allocatedBytes(samples) {
  const collected = samples.find(({ name }) => name === "jvm_gc_memory_allocated_bytes_total")?.value ?? NaN;
  const eden = samples.find(({ name, labels }) => name === "jvm_memory_used_bytes" && labels.id === "Eden Space")?.value ?? NaN;
  return collected + eden;
}

/**
 * Where the values came from.
 *
 * @param {readonly import("./prometheus.mjs").Sample[]} counted
 * @returns {Record<string, number>} by tier, its share of all lookups
 */
export function tierShares(counted) {
  const lookups = sumBy(counted, "towline_cache_requests_total", "tier");
  const all = Object.values(lookups).reduce((sum, count) => sum + count, 0);
  return Object.fromEntries(Object.entries(lookups).flatMap(([tier, count]) => (count > 0 ? [[tier, count / all]] : [])));
}

/**
 * The share of the machine that processes took which have nothing to do with the run.
 *
 * @param {readonly import("node:os").CpuInfo[]} before
 * @param {readonly import("node:os").CpuInfo[]} after
 * @param {number} oursSeconds of CPU, of the servers and this process
 */
export function othersShare(before, after, oursSeconds) {
  const total = (cpus, of) => cpus.reduce((sum, { times }) => sum + of(times), 0);
  const all = ({ user, nice, sys, irq, idle }) => user + nice + sys + irq + idle;
  const allMs = total(after, all) - total(before, all);
  const busyMs = allMs - (total(after, ({ idle }) => idle) - total(before, ({ idle }) => idle));
  return Math.max(0, busyMs - 1_000 * oursSeconds) / allMs;
}
