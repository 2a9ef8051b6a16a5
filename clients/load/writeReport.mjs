import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { escape, lineChart } from "./chart.mjs";
import { highestRateText, missedBy } from "./rates.mjs";

const CURVE_MARKS = [0, 50, 90, 99, 99.9];

/**
 * Writes `report.json`, `report.md` and `report.html` into a folder, which is made if it does not exist.
 *
 * @param {string} folder
 * @param {import("./run.mjs").Report} report
 */
export function writeReport(folder, report) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "report.json"), JSON.stringify(report, null, 2));
  writeFileSync(join(folder, "report.md"), markdownOf(report));
  writeFileSync(join(folder, "report.html"), htmlOf(report));
}

/** @param {import("./run.mjs").Report} report @returns {string} */
export function markdownOf(report) {
  const parts = sectionsOf(report).map(({ title, intro, header, rows }) =>
    [`## ${title}`, "", intro, "", row(header), row(header.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows.map(row)].join(
      "\n",
    ),
  );
  return [`# ${headline(report)}`, "", summaryOf(report), "", parts.join("\n\n"), ""].join("\n");
}

/** @param {import("./run.mjs").Report} report @returns {string} */
export function htmlOf(report) {
  const tables = sectionsOf(report).map(
    ({ title, intro, header, rows }) =>
      `<h2>${escape(title)}</h2><p>${escape(intro).replace(/`([^`]+)`/g, "<code>$1</code>")}</p><table><tr>${cells("th", header)}</tr>` +
      `${rows.map((each) => `<tr>${cells("td", each)}</tr>`).join("\n")}</table>`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(headline(report))}</title><style>
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
table { border-collapse: collapse } th, td { padding: .2rem .7rem; text-align: right; border-bottom: 1px solid #ddd }
th:first-child, td:first-child { text-align: left } svg { width: 100%; font-size: 11px } h1, h2 { line-height: 1.2 }
</style></head><body>
<h1>${escape(headline(report))}</h1>
<p>${escape(summaryOf(report))}</p>
<h2>Latency during the run</h2><p>Of all operations, for the requests that were due in each second.</p>
${seriesChart(report)}
<h2>Requests each second</h2><p>How many were due, and how many of them failed.</p>
${rateChart(report)}
<h2>Latency by percentile</h2><p>The further to the right, the rarer: each decade is ten times as rare. A line that bends up at the right has a few very slow requests.</p>
${curveChart(report)}
${tables.join("\n")}
</body></html>
`;
}

function headline({ kind, ratePerSecond, seconds }) {
  return `Load run: ${kind}, ${ratePerSecond} requests/s, ${seconds} s`;
}

function summaryOf(report) {
  const { comparison = [], url, startedAt, watchers } = report;
  const missed = missedBy(report);
  const worse = comparison.filter((each) => each.worse).map(({ what }) => what);
  return [
    missed.length === 0 ? "Every threshold was met." : `MISSED: ${missed.join(", ")}.`,
    worse.length === 0 ? "" : `WORSE than the stored run: ${worse.join(", ")}.`,
    highestRateText(report),
    `Started ${startedAt} against ${url}, with ${watchers} watchers.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function sectionsOf(report) {
  const { verdicts, hitRates, cpuSeconds, elapsedSeconds, comparison, watched, growth = [], peer, rates } = report;
  const operations = { ...report.operations, ...report.steps };
  const percents = Object.keys(peer.percentiles);
  const latencyRow = ([name, { count, failed, percentiles, max }]) => [
    name,
    count,
    failed,
    ...percents.map((percent) => tenths(percentiles[percent])),
    tenths(max),
  ];
  const errors = Object.entries(operations).flatMap(([name, figures]) =>
    Object.entries(figures.errors).map(([message, count]) => [name, message, count]),
  );
  return [
    {
      title: "Latency",
      intro: "Milliseconds from when a request was due until its answer was read. `update received` ends when a watcher has the update. `bare server` is a Node server beside the service, which shows what the machine, the loopback and this client cost.",
      header: ["operation", "requests", "failed", ...percents.map((percent) => `p${percent}`), "max"],
      rows: [...Object.entries(operations), ["bare server", peer]].map(latencyRow),
    },
    {
      title: "Thresholds",
      intro: "The highest milliseconds, the lowest share of hits, what the share of failed requests stays below, and the highest count of what watchers lack.",
      header: ["threshold", "value", "limit", "verdict"],
      rows: verdicts.map(({ what, value, limit, unit, met }) => [
        what,
        value === undefined ? "no data" : inUnit(value, unit),
        unit === "share" ? percentOf(limit) : limit,
        met ? "met" : "MISSED",
      ]),
    },
    ...(rates === undefined
      ? []
      : [
          {
            title: "Rates that were tried",
            intro: "A rate holds if its own run meets every threshold. The other figures of this report are those of the highest rate that holds. CPU is the share of one core.",
            header: ["requests/s", "CPU", "verdict", "missed"],
            rows: rates.map(({ ratePerSecond, missed, cpuShares }) => [
              ratePerSecond,
              Object.entries(cpuShares)
                .map(([part, share]) => `${part} ${percentOf(share)}`)
                .join(", "),
              missed.length === 0 ? "holds" : "does not hold",
              missed.join(", ") || "–",
            ]),
          },
        ]),
    {
      title: "Cache",
      intro: "The share of lookups that found a usable value, by field, as the service counted them during the run. Fields with fewer than 200 lookups are left out.",
      header: ["field", "hit rate"],
      rows: Object.entries(hitRates).map(([field, rate]) => [field, percentOf(rate)]),
    },
    {
      title: "CPU",
      intro: "Seconds of CPU that each part used until the last answer, and the share of one core.",
      header: ["part", "CPU s", "of one core"],
      rows: Object.entries(cpuSeconds).map(([part, used]) => [part, tenths(used), percentOf(used / elapsedSeconds)]),
    },
    {
      title: "Watchers",
      intro: "Subscriptions over WebSocket. An update is missing if it has not come two seconds after the last answer. A hole is an update whose number does not follow the one before; a stream that says itself that it skipped some has a declared gap instead.",
      header: ["updates received", "missing", "holes", "declared gaps", "broken subscriptions"],
      rows: [[watched.received, watched.missing, watched.holes, watched.declared, watched.broken]],
    },
    ...(growth.length === 0
      ? []
      : [
          {
            title: "What grows",
            intro: "In the service, on average over the first and the last tenth of the run. The heap counts what is not collected yet, too.",
            header: ["what", "first tenth", "last tenth"],
            rows: growth.map(({ what, unit, first, last }) => [what, ...[first, last].map((value) => `${tenths(value)} ${unit}`.trim())]),
          },
        ]),
    ...(comparison === undefined
      ? []
      : [
          {
            title: "Compared with the stored run",
            intro: "The ratio of a percentile is divided by that of the bare server. Worse is what exceeds the noise: how much the figure varies within the runs, and by how much the bare server differs. A hit rate is worse where it is lower. Percentiles with fewer than ten requests beyond them are left out.",
            header: ["figure", "stored", "now", "ratio", "noise", "verdict"],
            rows: comparison.map(({ what, unit, stored, now, ratio, noise, worse }) => [
              what,
              inUnit(stored, unit),
              inUnit(now, unit),
              ratio.toFixed(2),
              `± ${percentOf(noise)}`,
              worse ? "WORSE" : "as before or better",
            ]),
          },
        ]),
    ...(errors.length === 0
      ? []
      : [{ title: "Errors", intro: "By operation and message.", header: ["operation", "message", "count"], rows: errors }]),
  ];
}

function seriesChart({ series }) {
  return lineChart({
    title: "Median and 95th percentile of the latency in each second of the run",
    x: "seconds",
    y: "ms",
    isLogarithmic: true,
    lines: {
      p50: series.map(({ second, p50 }) => [second, p50]),
      p95: series.map(({ second, p95 }) => [second, p95]),
    },
  });
}

function rateChart({ series }) {
  return lineChart({
    title: "Requests and failures in each second of the run",
    x: "seconds",
    y: "requests/s",
    lines: {
      due: series.map(({ second, count }) => [second, count]),
      failed: series.map(({ second, failed }) => [second, failed]),
    },
  });
}

function curveChart({ operations, steps, peer }) {
  const rarity = (percent) => -Math.log10(1 - percent / 100);
  const all = { ...operations, ...steps, "bare server": peer };
  return lineChart({
    title: "Latency of each operation by percentile",
    x: "percent of the requests",
    y: "ms",
    isLogarithmic: true,
    marks: CURVE_MARKS.map((percent) => ({ at: rarity(percent), label: String(percent) })),
    lines: Object.fromEntries(
      Object.entries(all).map(([name, { curve }]) => [
        name,
        curve.filter(([percent]) => percent < 100).map(([percent, ms]) => [rarity(percent), ms]),
      ]),
    ),
  });
}

function row(values) {
  return `| ${values.map((value) => String(value).replaceAll("|", "\\|")).join(" | ")} |`;
}

function cells(tag, values) {
  return values.map((value) => `<${tag}>${escape(value)}</${tag}>`).join("");
}

function inUnit(value, unit) {
  return unit === "share" ? percentOf(value) : unit === "ms" ? tenths(value) : value;
}

function tenths(number) {
  return number === undefined ? "–" : number.toFixed(1);
}

function percentOf(share) {
  return share === undefined ? "–" : `${(100 * share).toFixed(share < 0.01 ? 2 : 0)} %`;
}
