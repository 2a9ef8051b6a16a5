#!/usr/bin/env node
import { clientFrom } from "../lib/graphql.mjs";
import { usage, UsageError } from "../lib/options.mjs";
import { seededRandom } from "../lib/random.mjs";
import { secondsOf } from "./arrivals.mjs";
import { leaveCity, settleCity } from "./city.mjs";
import { compareRuns } from "./compareRuns.mjs";
import { cpuSeconds, used } from "./cpu.mjs";
import { watchGrowth } from "./growth.mjs";
import { hitRatesOf } from "./hitRates.mjs";
import { KINDS, citySize } from "./kinds.mjs";
import { mixOf } from "./mix.mjs";
import { recordOpenLoop } from "./openLoop.mjs";
import { difference, scrape } from "./prometheus.mjs";
import { exitCodeOf, highestRateText, nthRun, runRates } from "./rates.mjs";
import { Recorder } from "./recorder.mjs";
import { options, settingsOf } from "./settings.mjs";
import { startPeer } from "./startPeer.mjs";
import { verdicts } from "./thresholds.mjs";
import { Watchers } from "./watchers.mjs";
import { writeReport } from "./writeReport.mjs";

const PEER_PER_SECOND = 20;
const PROGRESS_EVERY_MS = 5_000;

/** So long after the last answer an update may be on its way; what comes later is missing. */
const SETTLE_MS = 2_000;

/** Requests a second. A JVM is warm after many requests, not after a long time. */
const MOST_TO_WARM_UP = 150;

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
 * @property {Record<string, import("./recorder.mjs").OperationFigures>} operations requests
 * @property {Record<string, import("./recorder.mjs").OperationFigures>} steps parts of requests, and updates that watchers received
 * @property {import("./recorder.mjs").OperationFigures} peer the bare server
 * @property {{second: number, count: number, failed: number, p50: number, p95: number}[]} series of the requests
 * @property {Record<string, number>} hitRates by field
 * @property {Record<string, number>} cpuSeconds by part
 * @property {import("./deliveries.mjs").Watched} watched
 * @property {import("./growth.mjs").Growth[]} [growth] of kinds that are there to show it
 * @property {import("./thresholds.mjs").Verdict[]} verdicts
 * @property {{ratePerSecond: number, missed: string[], cpuShares: Record<string, number>}[]} [rates] that were tried, ascending, with the
 *     share of one core that each part used
 * @property {boolean} [isSearch] more rates were tried than listed, for the highest that holds
 * @property {number} [highestRate] of those that were tried, 0 if none holds
 * @property {import("./compareRuns.mjs").Comparison[]} [comparison] with a stored run
 */

async function main() {
  const settings = settingsOf(process.argv.slice(2));
  if (settings.help) {
    console.log(usage("node clients/load/run.mjs <kind>: load of one kind, with a report\n\n" + kindsText(), options));
    return;
  }
  const report = settings.isSeries ? await runSeries(settings) : await run(settings, settings.rate);
  try {
    if (settings.stored) {
      report.comparison = compareRuns(report, settings.stored);
    }
  } finally {
    if (settings.report) {
      writeReport(settings.report, report); // whatever the stored run holds: this one took its time
      console.error(`report: ${settings.report}/report.html`);
    }
  }
  console.log(settings.json ? JSON.stringify(report) : textOf(report));
  process.exitCode = exitCodeOf(report);
}

function runSeries(settings) {
  const runOne = (rate, index) => run({ ...settings, ...nthRun(settings, index) }, rate);
  return runRates({ rates: settings.rates, isSearch: settings["find-rate"] ?? false }, runOne, (text) => console.error(text));
}

/** @returns {Promise<Report>} */
async function run(settings, rate) {
  const kind = KINDS[settings.kind];
  const random = seededRandom(settings.seed);
  const tenant = settings.tenant === "-" ? undefined : (settings.tenant ?? `load-${Date.now().toString(36)}`);
  const client = clientFrom({ ...settings, tenant });
  const peer = await startPeer();
  const phases = kind.phases(rate, settings.seconds);
  const seconds = secondsOf(phases);
  const [recorder, steps, peerRecorder] = [new Recorder(seconds), new Recorder(seconds), new Recorder(seconds)];
  let beganMs = Infinity;
  const addStep = (name, fromMs, toMs) => {
    if (fromMs >= beganMs) {
      steps.add(name, Math.min(fromMs - beganMs, 1_000 * seconds), toMs - fromMs);
    }
  };
  const watchers = new Watchers(settings.url, headersOf(settings, tenant), (dueMs, receivedMs) =>
    addStep("update received", dueMs, receivedMs),
  );
  try {
    console.error(`${settings.url}: ${settings.kind}, ${rate} requests/s for ${seconds} s, tenant ${tenant ?? "(none sent)"}`);
    const city = await settleCity(client, random, citySize(kind, settings, rate));
    const mix = mixOf(kind, client, random, city, watchers, addStep);
    for (let i = 0; i < settings.watchers; i++) {
      await watchers.watch(city.sessionIds[i % city.sessionIds.length]);
    }
    await warmUp(kind.incidentsOnly ? undefined : mix, Math.min(rate, MOST_TO_WARM_UP), settings.warmup);
    await watchers.settle(SETTLE_MS);
    const before = { samples: await scrape(settings.url), cpu: cpuSeconds(pidsOf(settings)) };
    const endGrowth = kind.watchesGrowth ? watchGrowth(settings.url) : async () => undefined;
    const startedAt = new Date().toISOString();
    watchers.begin();
    beganMs = performance.now();
    const open = { count: 0 };
    const finish = progress(recorder, open, beganMs, seconds);
    const peerPhases = [{ seconds, from: PEER_PER_SECOND, to: PEER_PER_SECOND }];
    await Promise.all([
      recordOpenLoop(phases, beganMs, mix, recorder, open),
      recordOpenLoop(peerPhases, beganMs, () => ["peer", peer.call], peerRecorder),
    ]);
    finish();
    const elapsedSeconds = (performance.now() - beganMs) / 1_000;
    const cpu = used(before.cpu, cpuSeconds(pidsOf(settings)));
    await watchers.settle(SETTLE_MS);
    const report = {
      kind: settings.kind,
      url: settings.url,
      startedAt,
      ratePerSecond: rate,
      seconds,
      elapsedSeconds,
      watchers: settings.watchers,
      seed: settings.seed,
      cpuSeconds: cpu,
      operations: recorder.operations(),
      steps: steps.operations(),
      peer: peerRecorder.operations().peer,
      series: recorder.series(),
      hitRates: hitRatesOf(difference(before.samples, await scrape(settings.url))),
      watched: watchers.figures(),
      growth: await endGrowth(),
    };
    await watchers.close();
    await leaveCity(client, city);
    return { ...report, verdicts: verdicts(report, settings.thresholds, kind.hasEverything ?? false) };
  } finally {
    await watchers.close();
    peer.stop();
    client.close();
  }
}

async function warmUp(next, rate, seconds) {
  if (next !== undefined && seconds > 0) {
    await recordOpenLoop([{ seconds, from: rate, to: rate }], performance.now(), next, new Recorder(seconds));
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
    ({ what, value, limit, met }) => `${met ? "met   " : "MISSED"}  ${what}: ${value?.toFixed(3) ?? "no data"}, limit ${limit}`,
  );
  const worse = (report.comparison ?? []).filter((each) => each.worse);
  lines.push(...worse.map(({ what, ratio, noise }) => `WORSE   ${what}: ${ratio.toFixed(2)} times, noise ± ${noise.toFixed(2)}`));
  lines.push(highestRateText(report));
  return lines.filter(Boolean).join("\n");
}

try {
  await main();
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\nSee --help.` : error);
  process.exitCode = 2;
}
