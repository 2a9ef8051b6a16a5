import { build } from "hdr-histogram-js";

const MICROS_PER_MS = 1_000;

/** Ten parts of a run, whose differences show how much the machine's noise is. */
const SLICES = 10;

/** The percentiles that a report has. */
export const PERCENTILES = [50, 90, 95, 99, 99.9];

/** The percentiles by which runs are compared. */
export const COMPARED = [50, 95, 99];

/**
 * Latencies of one operation in milliseconds, from when a request was due.
 *
 * @typedef {object} OperationFigures
 * @property {number} count of all requests, failed ones too
 * @property {number} failed
 * @property {Record<string, number>} errors how often each message occurred
 * @property {Record<string, number>} percentiles by percent, such as `99.9`
 * @property {number} max
 * @property {[number, number][]} curve pairs of percent and milliseconds
 * @property {{count: number, percentiles: Record<string, number>}[]} slices of each tenth of the run, the number of requests and their
 *     percentiles; without percentiles where there are none
 */

/** Collects latencies. An HDR histogram keeps three digits, from a microsecond up, however many requests there are. */
export class Recorder {
  #seconds;
  #operations = new Map();
  #series = [];

  /** @param {number} seconds of the run */
  constructor(seconds) {
    this.#seconds = seconds;
  }

  /**
   * @param {string} operation
   * @param {number} dueMs from the beginning of the run
   * @param {number} latencyMs
   * @param {string} [error] its message; absent for a success
   */
  add(operation, dueMs, latencyMs, error) {
    const entry = this.#operation(operation);
    const micros = Math.max(1, Math.round(latencyMs * MICROS_PER_MS));
    entry.all.recordValue(micros);
    entry.slices[Math.min(SLICES - 1, Math.floor((SLICES * dueMs) / (1_000 * this.#seconds)))].recordValue(micros);
    const second = (this.#series[Math.floor(dueMs / 1_000)] ??= { count: 0, failed: 0, latencies: histogram() });
    second.count++;
    second.latencies.recordValue(micros);
    if (error !== undefined) {
      second.failed++;
      entry.failed++;
      entry.errors[error] = (entry.errors[error] ?? 0) + 1;
    }
  }

  /** @returns {Record<string, OperationFigures>} by operation */
  operations() {
    return Object.fromEntries([...this.#operations].map(([name, entry]) => [name, figuresOf(entry)]));
  }

  /** @returns {{second: number, count: number, failed: number, p50: number, p95: number}[]} of all operations */
  series() {
    return this.#series.flatMap((entry, second) =>
      entry === undefined
        ? []
        : [
            {
              second,
              count: entry.count,
              failed: entry.failed,
              p50: millis(entry.latencies.getValueAtPercentile(50)),
              p95: millis(entry.latencies.getValueAtPercentile(95)),
            },
          ],
    );
  }

  #operation(name) {
    if (!this.#operations.has(name)) {
      const slices = Array.from({ length: SLICES }, histogram);
      this.#operations.set(name, { all: histogram(), failed: 0, errors: {}, slices });
    }
    return this.#operations.get(name);
  }
}

function figuresOf({ all, failed, errors, slices }) {
  const at = (percent) => millis(all.getValueAtPercentile(percent));
  return {
    count: all.totalCount,
    failed,
    errors,
    percentiles: percentilesOf(all, PERCENTILES),
    max: millis(all.maxValue),
    curve: curvePercents().map((percent) => [percent, at(percent)]),
    slices: slices.map((slice) => ({
      count: slice.totalCount,
      percentiles: slice.totalCount === 0 ? {} : percentilesOf(slice, COMPARED),
    })),
  };
}

function percentilesOf(latencies, percents) {
  return Object.fromEntries(percents.map((percent) => [percent, millis(latencies.getValueAtPercentile(percent))]));
}

/** Ever closer to 100, as HDR plots have them: each step halves what is left. */
function curvePercents() {
  return Array.from({ length: 31 }, (_, i) => 100 - 100 * 2 ** (-i / 3)).map((percent) => Number(percent.toFixed(4)));
}

function histogram() {
  return build({ bitBucketSize: 32, autoResize: true, lowestDiscernibleValue: 1, numberOfSignificantValueDigits: 3 });
}

function millis(micros) {
  return micros / MICROS_PER_MS;
}
