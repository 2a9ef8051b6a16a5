#!/usr/bin/env node
import { clientFrom } from "../lib/graphql.mjs";
import { searchVendorsNearby } from "../lib/operations.mjs";
import { connectionOptions, readOptions, usage, UsageError } from "../lib/options.mjs";
import { summarizeDurations } from "../lib/percentiles.mjs";
import { seededRandom } from "../lib/random.mjs";
import { table } from "../lib/table.mjs";
import { nearbyParts, TOWNS } from "./nearbyParts.mjs";
import { places, registerAll } from "./nearbyVendors.mjs";
import { runOpenLoop } from "./openLoop.mjs";
import { difference, scrape, sumBy } from "./prometheus.mjs";
import { startPeer } from "./startPeer.mjs";

/** @type {Record<string, import("../lib/options.mjs").Option>} */
const options = {
  ...connectionOptions,
  tenant: { kind: "text", help: "sent as X-Towline-Local-Tenant; a new one for each run if absent, - for none" },
  data: { kind: "text", help: "a folder with recorded vendors; made-up ones if absent" },
  vendors: { kind: "integer", default: 2_000, atLeast: 1, help: "how many made-up ones" },
  rate: { kind: "number", default: 200, atLeast: 0.1, help: "searches a second" },
  seconds: { kind: "number", default: 5, atLeast: 0.1, help: "seconds of each part" },
  warmup: { kind: "number", default: 30, atLeast: 0.1, help: "seconds of searches before the first part" },
  cold: { kind: "number", default: 20, atLeast: 0.1, help: "highest p95 of computed searches in milliseconds" },
  cached: { kind: "number", default: 5, atLeast: 0.1, help: "highest p95 of remembered searches in milliseconds" },
  seed: { kind: "integer", default: 1, help: "for positions and choices" },
  json: { kind: "flag", help: "a machine-readable summary on stdout" },
  help: { kind: "flag", help: "this text" },
};

async function main() {
  const settings = readOptions(process.argv.slice(2), options);
  if (settings.help) {
    console.log(usage("node clients/load/nearby.mjs: searches for vendors nearby, computed and remembered", options));
    return;
  }
  settings.tenant = settings.tenant === "-" ? undefined : (settings.tenant ?? `nearby-${Date.now().toString(36)}`);
  const random = seededRandom(settings.seed);
  const client = clientFrom(settings);
  const peer = await startPeer();
  try {
    const all = await places(settings.data, random, settings.vendors, Object.values(TOWNS));
    const registeringMs = performance.now();
    await registerAll(client, random, all, (done) => console.error(`${done} of ${all.length} vendors registered`));
    const perSecond = (all.length * 1_000) / (performance.now() - registeringMs);
    console.error(`${all.length} vendors registered, ${Math.round(perSecond)} a second`);
    const report = await measure(client, peer, random, settings, all.length);
    console.log(settings.json ? JSON.stringify(report, null, 2) : textOf(report));
    process.exitCode = report.ok ? 0 : 1;
  } finally {
    peer.stop();
    client.close();
  }
}

async function measure(client, peer, random, settings, vendors) {
  const parts = nearbyParts(random, settings.rate * settings.seconds);
  const call = (part) => (index) => search(client, part, index);
  let next = 0;
  const anyPart = () => {
    const part = parts[next++ % parts.length];
    return call(part)(Math.floor(random.next() * 1e9));
  };
  await runOpenLoop({ ratePerSecond: settings.rate, seconds: settings.warmup, call: anyPart });
  const before = await scrape(settings.url);
  const rows = [];
  for (const part of parts) {
    if (part.isCached) {
      await search(client, part, 0);
      await search(client, part, 0);
    }
    const { rate: ratePerSecond, seconds } = settings;
    const [measured, baseline] = await Promise.all([
      runOpenLoop({ ratePerSecond, seconds, call: call(part) }),
      runOpenLoop({ ratePerSecond, seconds, call: peer.call, delayMs: 500 / ratePerSecond }),
    ]);
    rows.push(rowOf(part, measured, baseline, settings));
  }
  const counted = difference(before, await scrape(settings.url));
  const failed = rows.reduce((sum, row) => sum + row.failed, 0);
  return {
    ok: failed === 0 && rows.every((row) => row.isMet),
    vendors,
    ratePerSecond: settings.rate,
    sources: sumBy(counted, "towline_search_seconds_count", "source"),
    rows,
  };
}

const searchWithoutCount = searchVendorsNearby.replace(/^ *totalCount\n/m, "");

async function search(client, part, index) {
  const variables = part.variables(index);
  const document = part.isCounted ? searchVendorsNearby : searchWithoutCount;
  const { edges, totalCount } = (await client.execute(document, variables)).searchVendorsNearby;
  const isSorted = edges.every((edge, i) => i === 0 || edges[i - 1].distanceMiles <= edge.distanceMiles);
  const isCountRight = part.isCounted ? totalCount >= edges.length : totalCount === undefined;
  if (!isSorted || !isCountRight || edges.some((edge) => edge.distanceMiles > variables.radiusMiles)) {
    throw new Error("a search was answered wrongly");
  }
}

function rowOf(part, measured, baseline, settings) {
  const durations = summarizeDurations(measured.latenciesMs);
  const ratio = summarizeDurations(measured.serviceTimesMs).p50 / summarizeDurations(baseline.serviceTimesMs).p50;
  return {
    part: part.name,
    count: durations.count,
    failed: measured.sent - measured.ok,
    p50Ms: durations.p50,
    p95Ms: durations.p95,
    p99Ms: durations.p99,
    toPeer: ratio,
    isCached: part.isCached,
    isMet: durations.p95 <= (part.isCached ? settings.cached : settings.cold),
  };
}

function textOf({ vendors, ratePerSecond, sources, rows }) {
  const cells = rows.map((row) => [
    row.part,
    row.failed,
    row.p50Ms.toFixed(2),
    row.p95Ms.toFixed(2),
    row.p99Ms.toFixed(2),
    row.toPeer.toFixed(1),
    row.isMet ? "" : "MISSED",
  ]);
  return [
    `${vendors} vendors, ${ratePerSecond} searches a second`,
    table(["search", "failed", "p50 ms", "p95 ms", "p99 ms", "to peer", ""], cells),
    `computed from: ${JSON.stringify(sources)}`,
  ].join("\n");
}

try {
  await main();
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\nSee --help.` : error);
  process.exitCode = 2;
}
