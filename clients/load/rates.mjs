/** With more runs than this, those of `--rates` included, the search for the highest rate ends. */
const MOST_RUNS = 6;

/** The difference of two rates that is not worth another run, as a share of the higher one. */
const NEAR = 0.1;

/** The service is warm by then, the sessions and watchers of the next run are not. */
const SECONDS_TO_WARM_UP_AGAIN = 5;

/**
 * What differs from run to run of a series. Each has a seed of its own: where the tenant is the same, the areas of the run before are
 * cached.
 *
 * @param {{seed: number, warmup: number}} settings `warmup` in seconds
 * @param {number} index 0 for the first run
 * @returns {{seed: number, warmup: number}}
 */
export function nthRun({ seed, warmup }, index) {
  return { seed: seed + index, warmup: index === 0 ? warmup : Math.min(warmup, SECONDS_TO_WARM_UP_AGAIN) };
}

/** @param {import("./run.mjs").Report} report @returns {string[]} the thresholds that it missed */
export function missedBy({ verdicts }) {
  return verdicts.filter(({ met }) => !met).map(({ what, value }) => (value === undefined ? `${what} (no data)` : what));
}

/** @param {import("./run.mjs").Report} report @returns {boolean} whether it met every threshold */
export function holds(report) {
  return missedBy(report).length === 0;
}

/**
 * Runs several rates one after another.
 *
 * @param {object} settings
 * @param {number[]} settings.rates requests a second; each is run
 * @param {boolean} settings.isSearch whether to go on with rates between, for the highest that holds
 * @param {(rate: number, index: number) => Promise<import("./run.mjs").Report>} run is told how many runs there were before
 * @param {(text: string) => void} say
 * @returns {Promise<import("./run.mjs").Report>} of the highest rate that holds, of the lowest one tried if none does; with every rate
 */
export async function runRates({ rates: listed, isSearch }, run, say) {
  const reports = [];
  const next = isSearch ? nextRate : () => undefined;
  for (let rate; (rate = listed[reports.length] ?? next(reports)) !== undefined; ) {
    const report = await run(rate, reports.length);
    reports.push(report);
    say(`${rate} requests/s ${holds(report) ? "holds" : `does not hold: ${missedBy(report).join(", ")}`}`);
  }
  reports.sort((one, other) => one.ratePerSecond - other.ratePerSecond);
  const best = reports.findLast(holds);
  const rates = reports.map((report) => ({
    ratePerSecond: report.ratePerSecond,
    missed: missedBy(report),
    cpuShares: Object.fromEntries(
      Object.entries(report.cpuSeconds).map(([part, seconds]) => [part, seconds / report.elapsedSeconds]),
    ),
  }));
  return { ...(best ?? reports[0]), rates, isSearch, highestRate: best?.ratePerSecond ?? 0 };
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
  const isFound = high === Infinity || high - low < NEAR * high || reports.length > MOST_RUNS;
  return isFound ? undefined : Math.round((low + high) / 2);
}

/**
 * @param {import("./run.mjs").Report} report
 * @returns {0 | 1} 0 if it met every threshold and nothing became worse. Of several rates each has to; in a search one is enough
 */
export function exitCodeOf(report) {
  const { rates, isSearch, highestRate, comparison = [] } = report;
  const isEveryRate = rates?.every(({ missed }) => missed.length === 0) ?? holds(report);
  const isMet = isSearch ? highestRate > 0 : isEveryRate;
  return isMet && !comparison.some(({ worse }) => worse) ? 0 : 1;
}

/** @param {import("./run.mjs").Report} report @returns {string} a sentence about the highest rate; empty where one rate was run */
export function highestRateText({ rates, highestRate }) {
  if (rates === undefined) {
    return "";
  }
  if (highestRate === 0) {
    return "None of the rates that were tried meets the thresholds.";
  }
  const isOpen = rates.at(-1).ratePerSecond === highestRate;
  return `The highest rate that meets the thresholds is ${isOpen ? "at least " : ""}${highestRate} requests/s.`;
}
