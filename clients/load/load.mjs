#!/usr/bin/env node
import { clientFrom } from "../lib/graphql.mjs";
import { connectionOptions, readOptions, usage, UsageError } from "../lib/options.mjs";
import { seededRandom } from "../lib/random.mjs";
import { leaveCity, settleCity } from "./city.mjs";
import { runOpenLoop } from "./openLoop.mjs";
import { operationsOn } from "./operations.mjs";
import { reportOf, textOf } from "./report.mjs";
import { startPeer } from "./startPeer.mjs";

const OPERATIONS = ["createIncident", "getVendor", "updateLocation", "searchVendorsNearby"];

const WARM_UP_CONCURRENCY = 4;

/** @type {Record<string, import("../lib/options.mjs").Option>} */
const options = {
  ...connectionOptions,
  tenant: { kind: "text", help: "sent as X-Towline-Local-Tenant; a new one for each run if absent, - for none" },
  operations: { kind: "text", default: OPERATIONS.join(","), help: "which, one after another" },
  rate: { kind: "number", default: 50, atLeast: 0.1, help: "requests a second" },
  seconds: { kind: "number", default: 30, atLeast: 0.1, help: "seconds of measurement for each operation" },
  warmup: { kind: "number", default: 5, help: "seconds before each that are not counted, four calls at a time" },
  vendors: { kind: "integer", default: 200, atLeast: 1, help: "vendors registered first" },
  sessions: { kind: "integer", default: 50, atLeast: 1, help: "open sessions that updateLocation moves" },
  limits: {
    kind: "text",
    default: "createIncident=300,getVendor=100,updateLocation=150,searchVendorsNearby=200",
    help: "highest p95 in milliseconds",
  },
  seed: { kind: "integer", default: 1, help: "for positions and choices" },
  json: { kind: "flag", help: "a machine-readable summary on stdout" },
  help: { kind: "flag", help: "this text" },
};

async function main() {
  const settings = readOptions(process.argv.slice(2), options);
  if (settings.help) {
    console.log(usage("node clients/load/load.mjs: constant-rate load on the API, judged by p95", options));
    return;
  }
  const names = operationNames(settings.operations);
  const limits = limitsMs(settings.limits);
  settings.sessions = Math.min(settings.sessions, settings.vendors);
  settings.tenant = tenantOf(settings.tenant);
  const client = clientFrom(settings);
  const peer = await startPeer();
  try {
    const reports = await measureAll(client, peer, names, limits, settings);
    const ok = reports.every((report) => report.met);
    console.log(settings.json ? JSON.stringify(summaryOf(settings, ok, reports), null, 2) : textOf(reports));
    process.exitCode = ok ? 0 : 1;
  } finally {
    peer.stop();
    client.close();
  }
}

async function measureAll(client, peer, names, limits, settings) {
  const { vendors, sessions, rate, seconds, warmup } = settings;
  const random = seededRandom(settings.seed);
  console.error(
    `${settings.url}, tenant ${settings.tenant ?? "(none sent)"}: ${vendors} vendors, ${sessions} sessions`,
  );
  const city = await settleCity(client, random, { vendors, sessions });
  const calls = operationsOn(client, random, city);
  const reports = [];
  for (const name of names) {
    console.error(`${name}: ${rate}/s, ${warmup} s to warm up, ${seconds} s measured, the peer beside it`);
    await Promise.all([
      warmUp(calls[name], warmup),
      runOpenLoop({ ratePerSecond: rate, seconds: warmup, call: peer.call }),
    ]);
    const [measured, baseline] = await beside(calls[name], peer.call, rate, seconds);
    reports.push(reportOf(name, measured, baseline, limits[name]));
  }
  await leaveCity(client, city);
  return reports;
}

/** As fast as the service can while it is cold, so that what is measured does not begin behind a queue. Errors show later. */
async function warmUp(call, seconds) {
  const endMs = performance.now() + 1_000 * seconds;
  let index = 0;
  const callOneByOne = async () => {
    while (performance.now() < endMs) {
      await call(index++).catch(() => {});
    }
  };
  await Promise.all(Array.from({ length: WARM_UP_CONCURRENCY }, callOneByOne));
}

/** At the same time and rate, so that both see the same machine; half a step apart, so that they do not meet. */
function beside(call, peerCall, ratePerSecond, seconds) {
  return Promise.all([
    runOpenLoop({ ratePerSecond, seconds, call }),
    runOpenLoop({ ratePerSecond, seconds, call: peerCall, delayMs: 500 / ratePerSecond }),
  ]);
}

function operationNames(text) {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !OPERATIONS.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--operations knows ${OPERATIONS.join(", ")}, not ${unknown}`);
  }
  return names;
}

function limitsMs(text) {
  const limits = {};
  for (const part of text.split(",").filter(Boolean)) {
    const [name, limit] = part.split("=").map((side) => side.trim());
    if (!OPERATIONS.includes(name) || !(Number(limit) > 0)) {
      throw new UsageError(`--limits wants <operation>=<milliseconds>, not ${part}`);
    }
    limits[name] = Number(limit);
  }
  return limits;
}

/** A tenant of its own keeps the number of vendors what --vendors says, however often the command runs. */
function tenantOf(wanted) {
  return wanted === "-" ? undefined : (wanted ?? `load-${Date.now().toString(36)}`);
}

function summaryOf(settings, ok, operations) {
  const { url, tenant, rate, seconds, warmup, vendors, sessions, seed } = settings;
  return { ok, url, tenant, ratePerSecond: rate, seconds, warmupSeconds: warmup, vendors, sessions, seed, operations };
}

try {
  await main();
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\nSee --help.` : error);
  process.exitCode = 2;
}
