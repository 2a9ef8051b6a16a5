#!/usr/bin/env node
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { clientFrom } from "../lib/graphql.mjs";
import { createIncident, getVendor } from "../lib/operations.mjs";
import { connectionOptions, readOptions, usage, UsageError } from "../lib/options.mjs";
import { seededRandom } from "../lib/random.mjs";
import { incidentInput, leaveCity, positionInCity, settleCity } from "./city.mjs";
import { MOVE } from "./fanoutSchema.mjs";
import { movement } from "./operations.mjs";
import { postOf } from "./readsConnections.mjs";
import { TRACKING } from "./readsContract.mjs";
import { ReadsRun } from "./readsRun.mjs";
import { ReadsServer } from "./readsServer.mjs";
import { textOf } from "./readsText.mjs";

/** @type {Record<string, import("../lib/options.mjs").Option>} */
const options = {
  ...connectionOptions,
  "service-pid": { kind: "integer", help: "process of the service on this machine" },
  "executing-url": { kind: "text", help: "an instance that executes every query, for the same query" },
  "executing-pid": { kind: "integer", help: "its process" },
  "uncached-url": { kind: "text", help: "an instance without the cache, for getVendor" },
  "uncached-pid": { kind: "integer", help: "its process" },
  "servlet-url": { kind: "text", help: "the bare servlet" },
  "servlet-pid": { kind: "integer", help: "its process" },
  beside: { kind: "text", default: "mercurius,node", help: "the servers of this folder that take turns, or none" },
  sessions: { kind: "integer", default: 50, atLeast: 1, help: "that are asked for in turn" },
  connections: { kind: "integer", default: 32, atLeast: 1, help: "to each server, at most" },
  rate: { kind: "number", default: 5_000, atLeast: 1, help: "hot reads a second" },
  "slow-rate": { kind: "number", default: 200, help: "getVendor without the cache, and createIncident, each a second; 0: neither" },
  seconds: { kind: "number", default: 10, atLeast: 1, help: "of each part" },
  rounds: { kind: "integer", default: 3, atLeast: 1, help: "how often the servers take turns" },
  warmup: { kind: "number", default: 60, help: "seconds of each kind before, at the same rate; other servers at most 10" },
  all: { kind: "flag", help: "a part lasts until all requests are answered, also those that a busy machine has no time for: for CPU, not latency" },
  seed: { kind: "integer", default: 1, help: "for positions" },
  out: { kind: "text", help: "a file for the figures, for instances.mjs" },
  json: { kind: "flag", help: "the figures as JSON on stdout" },
  help: { kind: "flag", help: "this text" },
};

const OTHERS = { mercurius: "readsMercurius.mjs", node: "readsNode.mjs" };

async function main() {
  const settings = readOptions(process.argv.slice(2), options);
  if (settings.help) {
    console.log(usage("node clients/load/reads.mjs: what a hot read costs, beside Mercurius with its cache and bare servers", options));
    return;
  }
  const service = external("service", settings, "url", "service-pid");
  const client = clientFrom(settings);
  const random = seededRandom(settings.seed);
  const city = await settleCity(client, random, { vendors: settings.sessions, sessions: settings.sessions });
  await moveAll(client, random, city);
  const { getTrackingSession: session } = await client.execute(TRACKING, { id: city.sessionIds[0] });
  const servers = [service, ...(await others(settings, session))];
  try {
    const run = new ReadsRun(kindsOf(servers, city, random, settings), settings.all);
    await run.warmUp(settings.warmup);
    const measured = await run.measure(settings.rounds, settings.seconds);
    const figures = { cores: availableParallelism(), at: new Date().toISOString(), ...measured };
    if (settings.out) {
      writeFileSync(settings.out, `${JSON.stringify(figures, null, 2)}\n`);
    }
    console.log(settings.json ? JSON.stringify({ ...figures, table: textOf(figures) }) : textOf(figures));
    process.exitCode = Object.values(figures.kinds).every(({ errors }) => Object.keys(errors).length === 0) ? 0 : 1;
  } finally {
    servers.forEach((server) => server.close());
    await leaveCity(client, city);
    client.close();
  }
}

async function others(settings, session) {
  const servers = [];
  for (const name of ["executing", "uncached", "servlet"]) {
    if (settings[`${name}-url`]) {
      servers.push(external(name, settings, `${name}-url`, `${name}-pid`));
    }
  }
  for (const name of settings.beside.split(",").filter((each) => each !== "none")) {
    if (OTHERS[name] === undefined) {
      throw new UsageError(`--beside has the names ${Object.keys(OTHERS).join(", ")}, or none, not ${name}`);
    }
    servers.push(await ReadsServer.start(name, OTHERS[name], session, settings.connections));
  }
  return servers;
}

/** @throws {UsageError} without its process */
function external(name, settings, url, pid) {
  if (settings[pid] === undefined) {
    throw new UsageError(`--${pid} is needed: the run compares CPU times`);
  }
  return new ReadsServer({ name, url: settings[url], pid: settings[pid], connections: settings.connections });
}

/** Each session gets a location, from which comes the time of arrival. */
async function moveAll(client, random, { sessionIds }) {
  for (const sessionId of sessionIds) {
    await client.execute(MOVE, { input: { sessionId, location: movement(positionInCity(random), Date.now()) } });
  }
}

/** @returns {import("./readsRun.mjs").Kind[]} the hot read of each server first */
function kindsOf(servers, { sessionIds, vendorIds }, random, settings) {
  const { rate, "slow-rate": slowRate } = settings;
  const kind = (name, server, ratePerSecond, bodies) => {
    const requests = bodies.map((body) => postOf(new URL(server.url), body, localHeaders(settings)));
    const isService = ["service", "executing", "uncached"].includes(server.name);
    return { name, server, ratePerSecond, isService, request: (index) => requests[index % requests.length] };
  };
  const hot = sessionIds.map((id) => ({ query: TRACKING, variables: { id } }));
  const kinds = servers.filter(({ name }) => name !== "uncached").map((server) => kind(server.name, server, rate, hot));
  if (slowRate > 0) {
    const vendors = vendorIds.map((id) => ({ query: getVendor, variables: { id } }));
    const uncached = servers.filter(({ name }) => name === "uncached").map((server) => kind("getVendor", server, slowRate, vendors));
    const incidents = sessionIds.map(() => ({ query: createIncident, variables: { input: incidentInput(random) } }));
    kinds.push(...uncached, kind("createIncident", servers[0], slowRate, incidents));
  }
  return kinds;
}

function localHeaders({ tenant, role, subject }) {
  const all = { "X-Towline-Local-Tenant": tenant, "X-Towline-Local-Role": role, "X-Towline-Local-Subject": subject };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

await main().catch((error) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 2;
});
