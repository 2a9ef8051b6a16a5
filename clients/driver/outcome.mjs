import { clockOf } from "../lib/units.mjs";
import { outcomesOf, problemsOf } from "./screen.mjs";

/**
 * What a run has come to, for machines. Times are in the unit of their name.
 *
 * @typedef {object} Outcome
 * @property {boolean} ok whether nothing was refused, lost or failed
 * @property {"finished" | "interrupted" | "time is over"} end
 * @property {number} seconds
 * @property {number} vehicles
 * @property {number} fixesPerSecond
 * @property {object} fixes `planned` is the sum of all outcomes and of dropped, unsendable, lost and notSent
 * @property {Record<string, number>} outcomes
 * @property {Record<string, number>} rejectedByReason
 * @property {{count: number, retries: number, failed: number, failedAttemptsByCode: Record<string, number>}} calls
 * @property {{p50: number | null, p95: number | null}} answerMs
 * @property {object[]} drives one for each vehicle
 */

/**
 * @param {import("./tally.mjs").Tally} tally
 * @param {readonly import("./vehicle.mjs").Vehicle[]} vehicles
 * @param {{elapsedMs: number, end: Outcome["end"]}} run
 * @returns {Outcome}
 */
export function outcomeOf(tally, vehicles, { elapsedMs, end }) {
  const { counts } = tally;
  const { p50, p95 } = tally.answerMs();
  const acknowledged = tally.acknowledged();
  return {
    ok: tally.outcomes.REJECTED === 0 && counts.lost === 0 && counts.unsendable === 0 && vehicles.every(({ failure }) => !failure),
    end,
    seconds: rounded(elapsedMs / 1_000),
    vehicles: vehicles.length,
    fixesPerSecond: rounded((acknowledged * 1_000) / Math.max(1, elapsedMs)),
    fixes: {
      planned: counts.planned,
      acknowledged,
      dropped: counts.dropped,
      unsendable: counts.unsendable,
      lost: counts.lost,
      notSent: counts.notSent,
    },
    outcomes: tally.outcomes,
    rejectedByReason: Object.fromEntries(tally.rejected),
    calls: {
      count: counts.calls,
      retries: counts.retries,
      failed: counts.failedCalls,
      failedAttemptsByCode: Object.fromEntries(tally.errors),
    },
    answerMs: { p50: finite(p50), p95: finite(p95) },
    drives: vehicles.map(({ name, state, status, acknowledged: sent, job, failure }) => ({
      vehicle: name,
      state,
      sessionId: job?.sessionId,
      vendorId: job?.vendorId,
      incidentId: job?.incidentId,
      status,
      acknowledged: sent,
      failure,
    })),
  };
}

/**
 * @param {Outcome} outcome
 * @param {import("./tally.mjs").Tally} tally
 * @param {readonly import("./vehicle.mjs").Vehicle[]} vehicles
 * @returns {string} for people
 */
export function textOfOutcome({ ok, end, seconds, fixes, fixesPerSecond, drives }, tally, vehicles) {
  const [first] = drives;
  return [
    `${fixes.acknowledged} of ${fixes.planned} fixes in ${clockOf(seconds * 1_000)}, ${fixesPerSecond} a second`,
    outcomesOf(tally),
    ...problemsOf(tally, vehicles),
    ...(drives.length === 1 && first.sessionId ? [`session ${first.sessionId}: ${first.status}`] : []),
    `${ok ? "OK" : "FAILED"}${end === "finished" ? "" : ` (${end})`}`,
  ].join("\n");
}

function rounded(number) {
  return Number(number.toFixed(1));
}

function finite(ms) {
  return Number.isFinite(ms) ? rounded(ms) : null;
}
