/** A machine is never quieter than this from one run to the next. */
const LEAST_NOISE = 0.15;

/** A difference counts where it is so many standard errors. */
const STANDARD_ERRORS = 3;

/** From the median of the absolute deviations to the standard deviation of a normal distribution. */
const TO_STANDARD_DEVIATION = 1.4826;

const COMPARED = ["50", "95", "99"];

/**
 * One figure of two runs.
 *
 * @typedef {object} Comparison
 * @property {string} what such as `getVendor p95`
 * @property {number} stored milliseconds
 * @property {number} now milliseconds
 * @property {number} ratio now to stored, divided by the same ratio of the bare server where that was slower in one of the runs
 * @property {number} noise by how much more than 1 the ratio may be
 * @property {boolean} worse
 */

/**
 * Compares a run with a stored one. The bare server that ran beside each of them tells how much slower the machine was;
 * the tenths of each run tell how much its figures vary by themselves.
 *
 * @param {import("./run.mjs").Report} report
 * @param {import("./run.mjs").Report} stored
 * @returns {Comparison[]} of every operation that both runs have
 * @throws {Error} if the runs are of different kinds or rates
 */
export function compareRuns(report, stored) {
  for (const name of ["kind", "ratePerSecond", "watchers"]) {
    if (report[name] !== stored[name]) {
      throw new Error(`The runs differ in ${name}: ${report[name]} and ${stored[name]}. Compare runs of the same kind and size.`);
    }
  }
  const machine = report.peer.percentiles[50] / stored.peer.percentiles[50];
  const found = [];
  for (const [operation, { percentiles, slicesP95 }] of Object.entries(report.operations)) {
    const before = stored.operations[operation];
    if (before === undefined) {
      continue;
    }
    const noise = Math.max(
      LEAST_NOISE,
      STANDARD_ERRORS * standardError(slicesP95),
      STANDARD_ERRORS * standardError(before.slicesP95),
    );
    for (const percent of COMPARED) {
      const [now, then] = [percentiles[percent], before.percentiles[percent]];
      const ratio = now / then / machine;
      found.push({ what: `${operation} p${percent}`, stored: then, now, ratio, noise, worse: ratio > 1 + noise });
    }
  }
  return found;
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
