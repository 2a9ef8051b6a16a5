#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { clientFrom } from "../lib/graphql.mjs";
import { connectionOptions, readOptions, usage, UsageError } from "../lib/options.mjs";
import { seededRandom } from "../lib/random.mjs";
import { arrivals, secondsOf } from "./arrivals.mjs";
import { leaveCity, settleCity } from "./city.mjs";
import { compareRuns } from "./compareRuns.mjs";
import { cpuSeconds, used } from "./cpu.mjs";
import { hitRatesOf } from "./hitRates.mjs";
import { KINDS } from "./kinds.mjs";
import { mixOf } from "./mix.mjs";
import { difference, scrape } from "./prometheus.mjs";
import { holds, missedBy, nextRate } from "./rates.mjs";
import { Recorder } from "./recorder.mjs";
import { startPeer } from "./startPeer.mjs";
import { verdicts } from "./thresholds.mjs";
import { Watchers } from "./watchers.mjs";
import { writeReport } from "./writeReport.mjs";

const PEER_PER_SECOND = 20;
const PROGRESS_EVERY_MS = 5_000;

/** Requests a second. A JVM is warm after many requests, not after a long time. */
const MOST_TO_WARM_UP = 150;

/** The service is warm by then, the sessions and watchers of the next run are not. */
const SECONDS_TO_WARM_UP_AGAIN = 5;

/**
 * What a run measured.
 *
 * @typedef {object} Report
 * @property {string} kind
 * @property {string} url
 * @property {string} startedAt RFC 3339
 * @property {number} ratePerSecond
 * @property {number} seconds
 * @property {number} elapsedSeconds until the last request was answered
 * @property {number} watchers
 * @property {number} seed
 * @property {Record<string, import("./recorder.mjs").OperationFigures>} operations
 * @property {import("./recorder.mjs").OperationFigures} peer the bare server
 * @property {{second: number, count: number, failed: number, p50: number, p95: number}[]} series
 * @property {Record<string, number>} hitRates by field
 * @property {Record<string, number>} cpuSeconds by part
 * @property {{received: number, holes: number, broken: number}} watched
 * @property {import("./thresholds.mjs").Verdict[]} verdicts
 * @property {{ratePerSecond: number, missed: string[], cpuShares: Record<string, number>}[]} [rates] that were tried, with the share of
 *     one core that each part used
 * @property {number} [highestRate] of those, 0 if none holds
 * @property {import("./compareRuns.mjs").Comparison[]} [comparison] with a stored run
 */

/** @type {Record<string, import("../lib/options.mjs").Option>} */
const options = {
  ...connectionOptions,
  tenant: { kind: "text", help: "sent as X-Towline-Local-Tenant; a new one for each run if absent, - for none" },
  kind: { kind: "text", default: "smoke", oneOf: Object.keys(KINDS), help: "which kind of run" },
  rate: { kind: "number", atLeast: 0.1, help: "requests a second; of a kind that varies, the most" },
  seconds: { kind: "number", atLeast: 1, help: "how long, after a warm-up" },
  warmup: { kind: "number", default: 5, help: "seconds before the run that are not counted" },
  watchers: { kind: "integer", help: "subscriptions over WebSocket" },
  vendors: { kind: "integer", default: 200, atLeast: 1, help: "vendors registered first" },
  sessions: { kind: "integer", default: 50, atLeast: 1, help: "open sessions whose vehicles move" },
  rates: { kind: "text", help: "several rates with commas between, run one after another on the same service and judged each by itself" },
  "find-rate": { kind: "flag", help: "halve the rate until the thresholds hold, and then search between: the highest rate" },
  thresholds: { kind: "text", help: "a file of thresholds; if absent thresholds.json beside this command, for smoke thresholds.smoke.json" },
  compare: { kind: "text", help: "report.json of a stored run; what became worse fails the run" },
  report: { kind: "text", help: "a folder for report.json, report.md and report.html" },
  "service-pid": { kind: "integer", help: "process of the service on this machine, to tell its CPU" },
  "dynamodb-pid": { kind: "integer", help: "process of DynamoDB Local, where it is not in the service's process" },
  "redis-pid": { kind: "integer", help: "process of Redis" },
  seed: { kind: "integer", default: 1, help: "for positions and choices" },
  json: { kind: "flag", help: "the report as JSON on stdout, instead of a summary" },
  help: { kind: "flag", help: "this text" },
};

async function main() {
  const settings = settingsOf(process.argv.slice(2));
  if (settings.help) {
    console.log(usage("node clients/load/run.mjs <kind>: load of one kind, with a report\n\n" + kindsText(), options));
    return;
  }
  const stored = settings.compare && JSON.parse(readFileSync(settings.compare, "utf8"));
  const isSeries = settings["find-rate"] || settings.rates.length > 0;
  const report = isSeries ? await runRates(settings) : await run(settings, settings.rate);
  if (stored) {
    report.comparison = compareRuns(report, stored);
  }
  if (settings.report) {
    writeReport(settings.report, report);
    console.error(`report: ${settings.report}/report.html`);
  }
  console.log(settings.json ? JSON.stringify(report) : textOf(report));
  const isMet = report.highestRate === undefined ? holds(report) : report.highestRate > 0;
  process.exitCode = isMet && !report.comparison?.some(({ worse }) => worse) ? 0 : 1;
}

/**
 * Runs the rates that were asked for, and with `--find-rate` those between.
 *
 * @returns {Promise<Report>} of the highest rate that holds; of the lowest one tried, if none does
 */
async function runRates(settings) {
  const reports = [];
  const next = settings["find-rate"] ? nextRate : () => undefined;
  const listed = settings.rates.length > 0 ? settings.rates : [settings.rate];
  for (let rate; (rate = listed[reports.length] ?? next(reports)) !== undefined; ) {
    const warmup = reports.length === 0 ? settings.warmup : Math.min(settings.warmup, SECONDS_TO_WARM_UP_AGAIN);
    const report = await run({ ...settings, warmup }, rate);
    reports.push(report);
    console.error(`${rate} requests/s ${holds(report) ? "holds" : `does not hold: ${missedBy(report).join(", ")}`}`);
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
  return { ...(best ?? reports[0]), rates, highestRate: best?.ratePerSecond ?? 0 };
}

/** @returns {Promise<Report>} */
async function run(settings, rate) {
  const kind = KINDS[settings.kind];
  const random = seededRandom(settings.seed);
  const tenant = settings.tenant === "-" ? undefined : (settings.tenant ?? `load-${Date.now().toString(36)}`);
  const client = clientFrom({ ...settings, tenant });
  const peer = await startPeer();
  const phases = kind.phases(rate, settings.seconds);
  const recorder = new Recorder(secondsOf(phases));
  const steps = new Recorder(secondsOf(phases));
  const peerRecorder = new Recorder(secondsOf(phases));
  let beganMs = Infinity;
  // what is no request by itself is not in the series
  const addStep = (name, fromMs, toMs) => {
    if (fromMs >= beganMs) {
      steps.add(name, Math.min(fromMs - beganMs, 1_000 * secondsOf(phases)), toMs - fromMs);
    }
  };
  const watchers = new Watchers(settings.url, headersOf(settings, tenant), (dueMs, receivedMs) =>
    addStep("update received", dueMs, receivedMs),
  );
  try {
    console.error(`${settings.url}: ${settings.kind}, ${rate} requests/s for ${secondsOf(phases)} s, tenant ${tenant ?? "(none sent)"}`);
    const sessions = Math.min(settings.sessions, settings.vendors);
    const vendors = kind.incidentsOnly ? Math.max(settings.vendors, Math.ceil(rate * settings.seconds)) : settings.vendors;
    const city = await settleCity(client, random, { vendors, sessions: kind.incidentsOnly ? 0 : sessions });
    const mix = mixOf(kind, client, random, city, watchers, addStep);
    for (let i = 0; i < settings.watchers; i++) {
      await watchers.watch(city.sessionIds[i % city.sessionIds.length]);
    }
    await warmUp(kind.incidentsOnly ? undefined : mix, Math.min(rate, MOST_TO_WARM_UP), settings.warmup);
    const before = { samples: await scrape(settings.url), cpu: cpuSeconds(pidsOf(settings)) };
    const startedAt = new Date().toISOString();
    beganMs = performance.now();
    const open = { count: 0 };
    const finish = progress(recorder, open, beganMs, secondsOf(phases));
    await Promise.all([
      openLoop(phases, beganMs, mix, recorder, open),
      openLoop([{ seconds: secondsOf(phases), from: PEER_PER_SECOND, to: PEER_PER_SECOND }], beganMs, () => ["peer", peer.call], peerRecorder),
    ]);
    finish();
    const elapsedSeconds = (performance.now() - beganMs) / 1_000;
    const samples = difference(before.samples, await scrape(settings.url));
    const report = {
      kind: settings.kind,
      url: settings.url,
      startedAt,
      ratePerSecond: rate,
      seconds: secondsOf(phases),
      elapsedSeconds,
      watchers: settings.watchers,
      seed: settings.seed,
      cpuSeconds: used(before.cpu, cpuSeconds(pidsOf(settings))),
      operations: { ...recorder.operations(), ...steps.operations() },
      peer: peerRecorder.operations().peer,
      series: recorder.series(),
      hitRates: hitRatesOf(samples),
      watched: { received: watchers.received, holes: watchers.holes, broken: watchers.broken },
    };
    await watchers.close();
    await leaveCity(client, city);
    return { ...report, verdicts: verdicts(report, JSON.parse(readFileSync(settings.thresholds, "utf8"))) };
  } finally {
    await watchers.close();
    peer.stop();
    client.close();
  }
}

/** Sends each request when it is due, whether or not earlier ones have been answered, and waits for the last answer; `open` counts those on their way. */
async function openLoop(phases, beganMs, next, recorder, open = { count: 0 }) {
  const pending = [];
  let index = 0;
  for (const dueMs of arrivals(phases)) {
    for (let wait = beganMs + dueMs - performance.now(); wait > 0; wait = beganMs + dueMs - performance.now()) {
      await sleep(Math.ceil(wait));
    }
    const [operation, call] = next(index++);
    open.count++;
    const answered = (error) => {
      open.count--;
      recorder.add(operation, dueMs, performance.now() - beganMs - dueMs, error?.message);
    };
    pending.push(call(beganMs + dueMs).then(() => answered(), answered));
  }
  await Promise.all(pending);
}

async function warmUp(next, rate, seconds) {
  if (next !== undefined && seconds > 0) {
    await openLoop([{ seconds, from: rate, to: rate }], performance.now(), next, new Recorder(seconds));
  }
}

/** Says every few seconds how far the run is. @returns {() => void} that says it a last time and ends it */
function progress(recorder, open, beganMs, seconds) {
  const say = () => {
    const last = recorder.series().at(-2);
    const at = Math.min(seconds, Math.round((performance.now() - beganMs) / 1_000));
    const figures = last === undefined ? "" : `: ${last.count} requests/s, ${last.failed} failed, p95 ${last.p95.toFixed(1)} ms`;
    console.error(`${at} of ${seconds} s${figures}; ${open.count} not answered yet`);
  };
  const timer = setInterval(say, PROGRESS_EVERY_MS);
  return () => {
    clearInterval(timer);
    say();
  };
}

function settingsOf(argv) {
  const [first, ...rest] = argv;
  const isNamed = first !== undefined && !first.startsWith("-");
  if (isNamed && !(first in KINDS)) {
    throw new UsageError(`There is no kind ${first}: the kinds are ${Object.keys(KINDS).join(", ")}`);
  }
  const settings = readOptions(isNamed ? [`--kind=${first}`, ...rest] : argv, options);
  const { rate, seconds, watchers, thresholds = "thresholds.json" } = KINDS[settings.kind];
  settings.rate ??= rate;
  settings.rates = (settings.rates ?? "").split(",").filter(Boolean).map(Number);
  if (!settings.rates.every((each) => each > 0)) {
    throw new UsageError("--rates must be numbers above 0 with commas between, such as 100,200,500");
  }
  settings.seconds ??= seconds;
  settings.watchers ??= watchers;
  settings.thresholds ??= new URL(thresholds, import.meta.url);
  return settings;
}

function pidsOf(settings) {
  return Object.fromEntries(
    ["service", "dynamodb", "redis"].flatMap((part) =>
      settings[`${part}-pid`] === undefined ? [] : [[part, settings[`${part}-pid`]]],
    ),
  );
}

function headersOf({ role, subject }, tenant) {
  const headers = {
    "X-Towline-Local-Tenant": tenant,
    "X-Towline-Local-Role": role,
    "X-Towline-Local-Subject": subject,
  };
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
}

function kindsText() {
  return Object.entries(KINDS)
    .map(([name, { help }]) => `  ${name.padEnd(10)} ${help}`)
    .join("\n");
}

function textOf(report) {
  const lines = report.verdicts.map(
    ({ what, value, limit, met }) => `${met ? "met   " : "MISSED"}  ${what}: ${value?.toFixed(3)}, limit ${limit}`,
  );
  const worse = (report.comparison ?? []).filter((each) => each.worse);
  lines.push(...worse.map(({ what, ratio, noise }) => `WORSE   ${what}: ${ratio.toFixed(2)} times, noise ± ${noise.toFixed(2)}`));
  if (report.highestRate !== undefined) {
    lines.push(`The highest rate that holds: ${report.highestRate} requests/s`);
  }
  return lines.join("\n");
}

try {
  await main();
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\nSee --help.` : error);
  process.exitCode = 2;
}
