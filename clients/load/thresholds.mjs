/**
 * What a run has to meet.
 *
 * @typedef {object} Thresholds
 * @property {Record<string, Record<string, number>>} [operations] the highest milliseconds, by operation and by `p50`, `p95` and so on
 * @property {Record<string, number>} [hitRates] the lowest share of hits, by field
 * @property {number} [errorRate] what the share of failed requests stays below
 *
 * @typedef {object} Verdict
 * @property {string} what such as `getVendor p95`
 * @property {number | undefined} value undefined where the run has none
 * @property {number} limit
 * @property {"ms" | "share"} unit
 * @property {boolean} met
 */

/**
 * @param {Pick<import("./run.mjs").Report, "operations" | "hitRates">} report
 * @param {Thresholds} thresholds
 * @returns {Verdict[]} of every operation and field that the run has; a field that was never asked for is left out
 */
export function verdicts(report, thresholds) {
  const found = [];
  for (const [operation, limits] of Object.entries(thresholds.operations ?? {})) {
    const figures = report.operations[operation];
    for (const [name, limit] of Object.entries(figures === undefined ? {} : limits)) {
      const value = figures.percentiles[name.slice(1)];
      found.push({ what: `${operation} ${name}`, value, limit, unit: "ms", met: value <= limit });
    }
  }
  for (const [field, limit] of Object.entries(thresholds.hitRates ?? {})) {
    const value = report.hitRates[field];
    if (value !== undefined) {
      found.push({ what: `hit rate of ${field}`, value, limit, unit: "share", met: value >= limit });
    }
  }
  if (thresholds.errorRate !== undefined) {
    const all = Object.values(report.operations);
    const value = sum(all.map(({ failed }) => failed)) / Math.max(1, sum(all.map(({ count }) => count)));
    found.push({ what: "error rate", value, limit: thresholds.errorRate, unit: "share", met: value < thresholds.errorRate });
  }
  return found;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
