/**
 * The nearest-rank percentile: the smallest value that at least `percent` percent of the values do not exceed. It is
 * always one of the values; nothing is interpolated.
 *
 * @param {readonly number[]} sorted ascending
 * @param {number} percent above 0, at most 100
 * @returns {number} NaN if there are no values
 */
export function percentile(sorted, percent) {
  if (!(percent > 0 && percent <= 100)) {
    throw new RangeError(`a percentile lies in (0, 100]: ${percent}`);
  }
  // Multiplied first: 0.95 * 20 is a little above 19 in floating point and would give the rank after it.
  return sorted.length === 0 ? NaN : sorted[Math.ceil((percent * sorted.length) / 100) - 1];
}

/**
 * @param {readonly number[]} durationsMs in any order, left untouched
 * @returns {{count: number, p50: number, p95: number, p99: number, max: number}} in milliseconds, NaN without values
 */
export function summarizeDurations(durationsMs) {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  return {
    count: sorted.length,
    p50: percentile(sorted, 50),
    p95: percentile(sorted, 95),
    p99: percentile(sorted, 99),
    max: percentile(sorted, 100),
  };
}
