/**
 * What a run has to meet.
 *
 * @typedef {object} Thresholds
 * @property {Record<string, Record<string, number>>} [operations] the highest milliseconds, by operation and by `p50`, `p95` and so on
 * @property {Record<string, number>} [hitRates] the lowest share of hits, by field
 * @property {number} [errorRate] what the share of failed requests stays below
 * @property {Record<string, number>} [watched] the highest count of `missing`, `holes` and `broken` of the watchers
 *
 * @typedef {object} Verdict
 * @property {string} what such as `getVendor p95`
 * @property {number | undefined} value undefined where the run has none
 * @property {number} limit
 * @property {"ms" | "share" | "count"} unit
 * @property {boolean} met
 */

/**
 * @param {Pick<import("./run.mjs").Report, "operations" | "steps" | "hitRates" | "watched">} report
 * @param {Thresholds} thresholds
 * @param {boolean} hasAll the run should have data for every threshold: one without is missed. Else it is left out
 * @returns {Verdict[]}
 */
export function verdicts(report, thresholds, hasAll) {
  const found = [];
  const judge = (what, value, limit, unit, isMet) => {
    if (value !== undefined || hasAll) {
      found.push({ what, value, limit, unit, met: value !== undefined && isMet(value, limit) });
    }
  };
  const timed = { ...report.steps, ...report.operations };
  for (const [operation, limits] of Object.entries(thresholds.operations ?? {})) {
    for (const [name, limit] of Object.entries(limits)) {
      judge(`${operation} ${name}`, timed[operation]?.percentiles[name.slice(1)], limit, "ms", isAtMost);
    }
  }
  for (const [field, limit] of Object.entries(thresholds.hitRates ?? {})) {
    judge(`hit rate of ${field}`, report.hitRates[field], limit, "share", (value) => value >= limit);
  }
  if (thresholds.errorRate !== undefined) {
    const requests = Object.values(report.operations);
    const value = sum(requests.map(({ failed }) => failed)) / Math.max(1, sum(requests.map(({ count }) => count)));
    judge("error rate", value, thresholds.errorRate, "share", (share, limit) => share < limit);
  }
  for (const [name, limit] of Object.entries(thresholds.watched ?? {})) {
    judge(WATCHED[name] ?? name, report.watched[name], limit, "count", isAtMost);
  }
  return found;
}

const WATCHED = { missing: "updates missing", holes: "holes in streams", broken: "broken subscriptions" };

function isAtMost(value, limit) {
  return value <= limit;
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
