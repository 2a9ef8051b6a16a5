import { COMPARED } from "./recorder.mjs";

/** A machine is never quieter than this from one run to the next. */
const LEAST_NOISE = 0.15;

/** A difference counts where it is so many standard errors. */
const STANDARD_ERRORS = 3;

/** From the median of the absolute deviations to the standard deviation of a normal distribution. */
const TO_STANDARD_DEVIATION = 1.4826;

/** With fewer requests beyond a percentile, it says little. */
const LEAST_BEYOND = 10;

/** The same for a tenth of a run, which is only there to see how much figures vary. */
const LEAST_BEYOND_IN_PART = 0.5;

/** Fewer parts do not show how much a figure varies. */
const LEAST_PARTS = 5;

/** With less CPU time, the hundredths of a second in which Linux counts it say little. */
const LEAST_CPU_SECONDS = 1;

/** The client's own CPU is no figure of the service. */
const HARNESS = "harness";

/** A hit rate that is so much lower is not worth a look. */
const LEAST_HIT_RATE_NOISE = 0.01;

/** Of the bare server, which is so even that its median says most. */
const MACHINE = 50;

/**
 * One figure of two runs.
 *
 * @typedef {object} Comparison
 * @property {string} what such as `getVendor p95`
 * @property {"ms" | "share"} unit
 * @property {number} stored
 * @property {number} now
 * @property {number} ratio now to stored; of a percentile divided by the same ratio of the bare server
 * @property {number} noise by how much more than 1 the ratio may be, of a hit rate by how much less
 * @property {boolean} worse
 */

/**
 * Refuses a stored run that the run to come cannot be compared with.
 *
 * @param {Pick<import("./run.mjs").Report, "kind" | "ratePerSecond" | "watchers" | "seconds">} coming
 * @param {import("./run.mjs").Report} stored
 * @param {boolean} isSteady a kind with a constant rate, whose runs may differ in length
 * @throws {Error} with a sentence for the user
 */
export function requireComparable(coming, stored, isSteady) {
  for (const name of ["kind", "ratePerSecond", "watchers", ...(isSteady ? [] : ["seconds"])]) {
    if (coming[name] !== stored[name]) {
      throw new Error(`The runs differ in ${name}: ${coming[name]} and ${stored[name]}. Compare runs of the same kind and size.`);
    }
  }
  if (!stored.peer?.slices) {
    throw new Error("The stored run does not have the tenths of the run. Record it anew with this version.");
  }
}

/**
 * Compares a run with a stored one. The bare server that ran beside each of them tells how much slower the machine was.
 * As that server never changes, all of its difference shows how much the machine moves figures, and is a part of the
 * noise. The other part is how much the figure itself varies: from the ratios of the tenths of one run to those of the other.
 *
 * @param {import("./run.mjs").Report} report
 * @param {import("./run.mjs").Report} stored
 * @returns {Comparison[]} of every percentile, hit rate and CPU time that both runs have enough data for
 */
export function compareRuns(report, stored) {
  const machine = report.peer.percentiles[MACHINE] / stored.peer.percentiles[MACHINE];
  const noiseOfMachine = Math.max(machine, 1 / machine) - 1 + (noiseOf(report.peer, stored.peer, MACHINE) ?? 0);
  return [
    ...compareLatency(report, stored, machine, noiseOfMachine),
    ...compareCpu(report, stored, noiseOfMachine),
    ...compareHitRates(report, stored),
  ];
}

function compareLatency(report, stored, machine, noiseOfMachine) {
  const before = { ...stored.steps, ...stored.operations };
  return Object.entries({ ...report.operations, ...report.steps }).flatMap(([operation, figures]) =>
    COMPARED.flatMap((percent) => {
      const then = before[operation];
      const noise = then && hasEnough(figures, percent) && hasEnough(then, percent) ? noiseOf(figures, then, percent) : undefined;
      if (noise === undefined) {
        return [];
      }
      const [now, earlier] = [figures.percentiles[percent], then.percentiles[percent]];
      const ratio = now / earlier / machine;
      const all = Math.max(LEAST_NOISE, noise) + noiseOfMachine;
      return [{ what: `${operation} p${percent}`, unit: "ms", stored: earlier, now, ratio, noise: all, worse: ratio > 1 + all }];
    }),
  );
}

/** For each request. A slow machine takes more CPU time, too, but not in the measure of its latency. So that is noise only. */
function compareCpu(report, stored, noiseOfMachine) {
  return Object.entries(report.cpuSeconds).flatMap(([part, seconds]) => {
    const then = stored.cpuSeconds[part] ?? 0;
    if (part === HARNESS || Math.min(seconds, then) < LEAST_CPU_SECONDS) {
      return [];
    }
    const [now, earlier] = [(1_000 * seconds) / requestsOf(report), (1_000 * then) / requestsOf(stored)];
    const [ratio, noise] = [now / earlier, LEAST_NOISE + noiseOfMachine];
    return [{ what: `CPU of ${part} for each request`, unit: "ms", stored: earlier, now, ratio, noise, worse: ratio > 1 + noise }];
  });
}

/** How fast the machine is does not change a share of hits. How much it varies follows from the number of requests. */
function compareHitRates(report, stored) {
  return Object.entries(report.hitRates).flatMap(([field, now]) => {
    const then = stored.hitRates[field];
    const counts = [report, stored].map(({ operations }) => operations[field]?.count ?? 0);
    if (!then || counts.includes(0)) {
      return [];
    }
    const middle = (now + then) / 2;
    const error = Math.sqrt(middle * (1 - middle) * (1 / counts[0] + 1 / counts[1]));
    const [ratio, noise] = [now / then, (LEAST_HIT_RATE_NOISE + STANDARD_ERRORS * error) / then];
    return [{ what: `hit rate of ${field}`, unit: "share", stored: then, now, ratio, noise, worse: ratio < 1 - noise }];
  });
}

function requestsOf({ operations }) {
  return Object.values(operations).reduce((sum, { count }) => sum + count, 0);
}

/** How far the ratio of two runs may be from 1 by itself; undefined where too few parts have enough requests. */
function noiseOf(one, other, percent) {
  const ratios = one.slices.flatMap((slice, i) => {
    const isEnough = [slice, other.slices[i]].every(({ count }) => beyond(count, percent) >= LEAST_BEYOND_IN_PART);
    return isEnough ? [slice.percentiles[percent] / other.slices[i].percentiles[percent]] : [];
  });
  return ratios.length < LEAST_PARTS ? undefined : STANDARD_ERRORS * standardError(ratios);
}

function hasEnough({ count }, percent) {
  return beyond(count, percent) >= LEAST_BEYOND;
}

function beyond(count, percent) {
  return (count * (100 - percent)) / 100;
}

/** Of the figure of a whole run, as a share of it, from the figures of its parts. */
function standardError(values) {
  return (TO_STANDARD_DEVIATION * relativeDeviation(values)) / Math.sqrt(values.length);
}

/** The median of the deviations from the median, as a share of the median: a few odd values do not change it. */
export function relativeDeviation(values) {
  const middle = median(values);
  return median(values.map((value) => Math.abs(value - middle))) / middle || 0;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
