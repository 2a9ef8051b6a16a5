import { table } from "../lib/table.mjs";
import { summarizeDurations } from "../lib/percentiles.mjs";

/**
 * One operation's figures. Times are milliseconds; `latency` counts from the intended moment of sending and is judged,
 * `serviceTime` from the actual moment and is compared with the peer's.
 *
 * @typedef {object} OperationReport
 * @property {string} operation
 * @property {number} sent
 * @property {number} ok
 * @property {Record<string, number>} errors
 * @property {ReturnType<typeof summarizeDurations>} latency
 * @property {ReturnType<typeof summarizeDurations>} serviceTime
 * @property {{sent: number, ok: number, serviceTime: ReturnType<typeof summarizeDurations>}} peer
 * @property {{p50: number, p95: number}} ratioToPeer
 * @property {number} [limitMs] for the p95 of `latency`; absent means not judged
 * @property {boolean} met
 */

/**
 * @param {string} operation
 * @param {import("./openLoop.mjs").LoopResult} result
 * @param {import("./openLoop.mjs").LoopResult} peer
 * @param {number} [limitMs]
 * @returns {OperationReport}
 */
export function reportOf(operation, result, peer, limitMs) {
  const latency = summarizeDurations(result.latenciesMs);
  const serviceTime = summarizeDurations(result.serviceTimesMs);
  const peerTime = summarizeDurations(peer.serviceTimesMs);
  return {
    operation,
    sent: result.sent,
    ok: result.ok,
    errors: result.errors,
    latency,
    serviceTime,
    peer: { sent: peer.sent, ok: peer.ok, serviceTime: peerTime },
    ratioToPeer: { p50: serviceTime.p50 / peerTime.p50, p95: serviceTime.p95 / peerTime.p95 },
    limitMs,
    met: result.sent > 0 && result.ok === result.sent && (limitMs === undefined || latency.p95 <= limitMs),
  };
}

/**
 * @param {readonly OperationReport[]} reports
 * @returns {string}
 */
export function textOf(reports) {
  const measured = table(
    ["ms from intended sending", "sent", "ok", "errors", "p50", "p95", "p99", "max", "p95 limit", "verdict"],
    reports.map(({ operation, sent, ok, latency, limitMs, met }) => [
      operation,
      sent,
      ok,
      sent - ok,
      ...[latency.p50, latency.p95, latency.p99, latency.max].map(tenths),
      limitMs ?? "none",
      met ? "met" : "MISSED",
    ]),
  );
  const compared = table(
    ["ms from actual sending", "p50", "p95", "peer p50", "peer p95", "p50 ratio", "p95 ratio"],
    reports.map(({ operation, serviceTime, peer, ratioToPeer }) => [
      operation,
      ...[serviceTime.p50, serviceTime.p95].map(hundredths),
      ...[peer.serviceTime.p50, peer.serviceTime.p95].map(hundredths),
      ...[ratioToPeer.p50, ratioToPeer.p95].map((ratio) => `${tenths(ratio)}×`),
    ]),
  );
  return [measured, "", compared, ...errorLines(reports)].join("\n");
}

function errorLines(reports) {
  const lines = reports.flatMap(({ operation, errors }) =>
    Object.entries(errors).map(([message, count]) => `${operation}: ${count} × ${message}`),
  );
  return lines.length === 0 ? [] : ["", ...lines];
}

const tenths = (number) => number.toFixed(1);
const hundredths = (number) => number.toFixed(2);
