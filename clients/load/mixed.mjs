#!/usr/bin/env node
import { clientFrom } from "../lib/graphql.mjs";
import { limiter } from "../lib/limiter.mjs";
import { connectionOptions, readOptions, usage, UsageError } from "../lib/options.mjs";
import { seededRandom } from "../lib/random.mjs";
import { compare } from "./compare.mjs";
import { metered } from "./meter.mjs";
import { area, settleMixedCity } from "./mixedCity.mjs";
import { mixedReport, mixedText } from "./mixedReport.mjs";
import { runOpenLoop } from "./openLoop.mjs";
import { playerOf } from "./player.mjs";
import { watchPropagation } from "./propagation.mjs";
import { measureSingleSearches } from "./singleSearches.mjs";
import { traceOf } from "./trace.mjs";

const { url: _, ...connection } = connectionOptions;

/** How many searches are timed one by one. */
const SINGLE_SEARCHES = 200;

/** @type {Record<string, import("../lib/options.mjs").Option>} */
const options = {
  urls: { kind: "text", help: "the GraphQL endpoints of all instances, with commas between" },
  "compare-urls": { kind: "text", help: "instances of the same data without the cache, or without a part of it; absent: nothing is compared" },
  ...connection,
  sessions: { kind: "integer", default: 10_000, atLeast: 1, help: "sessions, made first" },
  active: { kind: "integer", default: 2_000, atLeast: 1, help: "of them active, the others ended" },
  vendors: { kind: "integer", default: 2_000, atLeast: 1, help: "vendors, made first; no fewer than active sessions" },
  areas: { kind: "integer", default: 500, atLeast: 1, help: "areas that are searched" },
  rate: { kind: "number", default: 1_000, atLeast: 1, help: "operations a second" },
  seconds: { kind: "number", default: 60, atLeast: 1, help: "seconds that are measured" },
  warmup: { kind: "number", default: 60, help: "seconds before that are not counted" },
  "in-flight": { kind: "integer", default: 64, atLeast: 1, help: "operations under way at once at most" },
  plain: { kind: "flag", help: "clients ask for no cache report and do not say what they have seen; only then there are whole answers" },
  renew: { kind: "flag", help: "the instances' schema has `renew` on the fields that are asked for" },
  seed: { kind: "integer", default: 1, help: "for positions and choices" },
  json: { kind: "flag", help: "the figures on stdout as one line of JSON, the table on stderr" },
  help: { kind: "flag", help: "this text" },
};

async function main() {
  const settings = readOptions(process.argv.slice(2), options);
  if (settings.help) {
    console.log(usage("node clients/load/mixed.mjs: what the resolver cache does for a mixed load", options));
    return;
  }
  const cached = instancesOf(settings.urls, settings);
  const uncached = instancesOf(settings["compare-urls"], settings);
  if (cached.urls.length < 2) {
    throw new UsageError("--urls wants two instances or more");
  }
  if (settings.active > Math.min(settings.vendors, settings.sessions)) {
    throw new UsageError("--active is no more than --vendors and --sessions");
  }
  try {
    const report = await measure(cached, uncached, settings);
    const text = mixedText(report);
    if (settings.json) {
      console.error(text);
    }
    console.log(settings.json ? JSON.stringify(report) : text);
    process.exitCode = report.missed.length === 0 ? 0 : 1;
  } finally {
    [...cached.clients, ...uncached.clients].forEach((client) => client.close());
  }
}

/** For as long as the measured ones have worked by now, or what is compared is the compiler. */
async function warmUpOthers(clients, city, trace, { rate, seconds, warmup, plain, ...settings }) {
  say(`${warmup + seconds} s to warm up the others`);
  const player = playerOf(clients, city, { isPlain: plain });
  const pass = limiter(settings["in-flight"]);
  const call = (i) => pass(() => player.play(trace[i]));
  await runOpenLoop({ ratePerSecond: rate, seconds: warmup + seconds, call });
}

async function measure(cached, uncached, settings) {
  const { rate, seconds, warmup, active, plain, renew } = settings;
  const instances = cached.urls.length;
  const random = seededRandom(settings.seed);
  const city = await settleMixedCity(cached.clients, random, settings, say);
  const trace = traceOf(random, { ...settings, instances, operations: Math.ceil(rate * (warmup + seconds)) });
  const player = playerOf(cached.clients, city, { isPlain: plain });
  const written = city.vendorIds.map((_, key) => ({ atMs: city.settledMs, field: "getVendor", key }));
  player.log.happenings.push(...written);
  const pass = limiter(settings["in-flight"]);
  const notCounted = Math.round(rate * warmup);
  say(`${rate} operations/s: ${warmup} s to warm up`);
  await runOpenLoop({ ratePerSecond: rate, seconds: warmup, call: (i) => pass(() => player.play(trace[i])) });
  say(`${seconds} s measured`);
  const play = (i, dueMs) => pass(() => player.play(trace[notCounted + i], dueMs));
  const { result, metered: used } = await metered(cached.urls, async () => {
    const beginMs = performance.now();
    const [loop, propagationMs] = await Promise.all([
      runOpenLoop({ ratePerSecond: rate, seconds, call: play }),
      watchPropagation(player, random, { active, instances, seconds }),
    ]);
    return { loop, propagationMs, seconds: (performance.now() - beginMs) / 1_000 };
  });
  const singleSearches = await measureSingleSearches(cached.clients[0], Array.from({ length: SINGLE_SEARCHES }, () => area(random)));
  const { urls: __, tenant, sessions, vendors, areas, seed } = settings;
  const report = mixedReport({
    log: player.log,
    found: player.found(),
    ...result,
    metered: used,
    singleSearches,
    isRenewing: renew,
    settings: { tenant, sessions, active, vendors, areas, rate, seconds, warmup, plain, renew, seed },
  });
  if (uncached.urls.length > 0) {
    // for whoever does not want to wait, or in case that the rest fails
    say(`before the comparison\n${mixedText(report)}`);
    await warmUpOthers(uncached.clients, city, trace, settings);
    const limits = { seconds: Math.min(seconds, 20), rampSeconds: 5, inFlight: settings["in-flight"], isPlain: plain };
    report.comparison = await compare(cached, uncached, city, trace, limits, say);
  }
  return report;
}

function instancesOf(text, settings) {
  const urls = (text ?? "").split(",").filter(Boolean);
  return { urls, clients: urls.map((url) => clientFrom({ ...settings, url })) };
}

function say(text) {
  console.error(`${new Date().toISOString().slice(11, 19)} ${text}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\nSee --help.` : error);
  process.exitCode = 2;
}
