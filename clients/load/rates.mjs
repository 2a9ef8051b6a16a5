/** How often the range between a rate that holds and one that does not is halved. */
const MOST_TRIES = 6;

/** The difference of two rates that is not worth another run, as a share of the higher one. */
const NEAR = 0.1;

/** @param {import("./run.mjs").Report} report @returns {string[]} the thresholds that it missed */
export function missedBy({ verdicts }) {
  return verdicts.filter(({ met }) => !met).map(({ what }) => what);
}

/** @param {import("./run.mjs").Report} report @returns {boolean} whether it met every threshold */
export function holds(report) {
  return missedBy(report).length === 0;
}

/**
 * @param {import("./run.mjs").Report[]} reports so far, at least one
 * @returns {number | undefined} requests a second to try next: the middle between the highest rate that holds and the lowest above it that
 *     does not, undefined when they are near each other or when the highest rate tried holds
 */
export function nextRate(reports) {
  const low = Math.max(0, ...reports.filter(holds).map(({ ratePerSecond }) => ratePerSecond));
  const failed = reports.filter((report) => !holds(report)).map(({ ratePerSecond }) => ratePerSecond);
  const high = Math.min(...failed.filter((rate) => rate > low));
  const isFound = high === Infinity || high - low < NEAR * high || reports.length > MOST_TRIES;
  return isFound ? undefined : Math.round((low + high) / 2);
}
