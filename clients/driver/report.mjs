import { table } from "../lib/table.mjs";
import { OUTCOMES } from "./checks.mjs";

const SHOWN_PROBLEMS = 20;

/**
 * @typedef {object} Summary
 * @property {"real" | "generated"} traces
 * @property {boolean} ok
 * @property {object} totals
 * @property {object[]} files
 * @property {import("./replayTrace.mjs").TraceReport[]} traceReports
 * @property {number} durationMs
 */

/**
 * @param {"real" | "generated"} traces where they came from
 * @param {import("./replayTrace.mjs").TraceReport[]} traceReports
 * @param {number} durationMs
 * @param {boolean} verify whether a mismatch makes it not ok
 * @returns {Summary}
 */
export function summarize(traces, traceReports, durationMs, verify) {
  const names = [...new Set(traceReports.map((report) => report.file))];
  const ofFile = (name) => traceReports.filter((report) => report.file === name);
  const totals = sum("total", traceReports);
  return {
    traces,
    ok: totals.failures === 0 && totals.missing === 0 && !(verify && totals.mismatches > 0),
    totals,
    files: names.map((name) => sum(name, ofFile(name))),
    traceReports,
    durationMs,
  };
}

/**
 * @param {Summary} summary
 * @param {boolean} perTrace a line for each trace instead of each file
 * @returns {string}
 */
export function textOf(summary, perTrace) {
  const lines = perTrace ? summary.traceReports.map((report) => sum(report.trace, [report])) : summary.files;
  const header = [
    "",
    "traces",
    "fixes",
    "sent",
    "left out",
    "unsendable",
    ...OUTCOMES,
    "missing",
    "mismatches",
    "failures",
  ];
  const rows = [...lines, summary.totals].map((line) => [
    line.name,
    line.traces,
    line.fixes,
    line.sent,
    line.leftOut,
    line.unsendable,
    ...OUTCOMES.map((outcome) => line.outcomes[outcome]),
    line.missing,
    line.mismatches,
    line.failures,
  ]);
  const seconds = summary.durationMs / 1_000;
  return [
    table(header, rows),
    "",
    ...problems(summary.traceReports),
    `${summary.totals.sent} fixes in ${seconds.toFixed(1)} s, ${Math.round(summary.totals.sent / Math.max(seconds, 0.001))} a second`,
    `traces: ${summary.traces}${summary.traces === "generated" ? " (no recorded traces were used)" : ""}`,
    summary.ok ? "OK" : "FAILED",
  ].join("\n");
}

/** @param {import("./replayTrace.mjs").TraceReport[]} reports */
function sum(name, reports) {
  const total = (count) => reports.reduce((so, report) => so + count(report), 0);
  return {
    name,
    traces: reports.length,
    fixes: total((report) => report.fixes),
    sent: total((report) => report.sent),
    leftOut: total((report) => report.leftOut),
    unsendable: total((report) => report.unsendable),
    missing: total((report) => report.missing),
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, total((report) => report.outcomes[outcome])])),
    mismatches: total((report) => report.mismatches.length),
    failures: total((report) => report.failures.length),
  };
}

function problems(reports) {
  const all = reports.flatMap((report) =>
    [...report.failures.map((text) => `failure: ${text}`), ...report.mismatches.map((text) => `mismatch: ${text}`)].map(
      (text) => `${report.trace}: ${text}`,
    ),
  );
  const hidden = all.length - SHOWN_PROBLEMS;
  return [
    ...all.slice(0, SHOWN_PROBLEMS),
    ...(hidden > 0 ? [`… and ${hidden} more`] : []),
    ...(all.length ? [""] : []),
  ];
}
