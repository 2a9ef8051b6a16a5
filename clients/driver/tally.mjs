import { summarizeDurations } from "../lib/percentiles.mjs";
import { OUTCOMES } from "./checks.mjs";

/** So many of the last answers count for the percentiles: a drive may take days. */
const ANSWERS = 10_000;
/** The rate that a person sees is that of the last seconds. */
const RATE_OVER_MS = 5_000;

/**
 * What has become of the fixes of all vehicles. Each fix that was planned is in the end in exactly one of: dropped, unsendable, an outcome,
 * lost, notSent.
 *
 * @typedef {object} Counts
 * @property {number} planned fixes of the rounds that have begun
 * @property {number} dropped never sent, as --drop asks for
 * @property {number} unsendable without a finite position, which JSON cannot carry
 * @property {number} lost sent, or about to be, and given up
 * @property {number} notSent left when the drive was stopped
 * @property {number} calls that were answered or given up; attempts are not counted
 * @property {number} retries
 * @property {number} failedCalls
 */

export class Tally {
  /** @param {() => number} nowMs a clock that only runs forward */
  constructor(nowMs = () => performance.now()) {
    this.nowMs = nowMs;
    this.begunMs = nowMs();
    /** @type {Counts} */
    this.counts = { planned: 0, dropped: 0, unsendable: 0, lost: 0, notSent: 0, calls: 0, retries: 0, failedCalls: 0 };
    this.outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0]));
    /** @type {Map<string, number>} by reason */
    this.rejected = new Map();
    /** @type {Map<string, number>} attempts that failed, by code */
    this.errors = new Map();
    this.answersMs = [];
    this.recent = [];
  }

  /** @param {{outcome: string, reason?: string | null}[]} results */
  answered(results) {
    for (const { outcome, reason } of results) {
      this.outcomes[outcome] = (this.outcomes[outcome] ?? 0) + 1;
      if (outcome === "REJECTED") {
        increase(this.rejected, reason ?? "(without a reason)");
      }
    }
    this.recent.push({ atMs: this.nowMs(), fixes: results.length });
  }

  /** @param {number} ms from sending to an answer with data */
  took(ms) {
    this.answersMs.push(ms);
    if (this.answersMs.length > 2 * ANSWERS) {
      this.answersMs.splice(0, ANSWERS);
    }
  }

  /** @param {string} code of an attempt that failed */
  failed(code) {
    increase(this.errors, code);
  }

  /** @returns {number} fixes that have an outcome */
  acknowledged() {
    return Object.values(this.outcomes).reduce((sum, count) => sum + count, 0);
  }

  /** @returns {number} fixes a second over the last seconds */
  recentRate() {
    const nowMs = this.nowMs();
    this.recent = this.recent.filter(({ atMs }) => atMs > nowMs - RATE_OVER_MS);
    const overMs = Math.min(RATE_OVER_MS, Math.max(1_000, nowMs - this.begunMs));
    return (this.recent.reduce((sum, { fixes }) => sum + fixes, 0) * 1_000) / overMs;
  }

  /** @returns {{p50: number, p95: number}} milliseconds to an answer, of the last 10,000 answers at least; NaN without any */
  answerMs() {
    return summarizeDurations(this.answersMs);
  }
}

function increase(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
