#!/usr/bin/env node
import { clientFrom } from "../lib/graphql.mjs";
import { connectionOptions, readOptions, usage, UsageError } from "../lib/options.mjs";
import { seededRandom } from "../lib/random.mjs";
import { leaveCity, positionInCity, settleCity } from "./city.mjs";
import { FanoutTarget } from "./fanoutTarget.mjs";
import { difference, scrape, sumBy } from "./prometheus.mjs";

/** @type {Record<string, import("../lib/options.mjs").Option>} */
const options = {
  ...connectionOptions,
  "service-pid": { kind: "integer", help: "process of the service on this machine" },
  watchers: { kind: "integer", default: 1_000, atLeast: 1, help: "each with a WebSocket of its own" },
  sessions: { kind: "integer", default: 100, atLeast: 1, help: "that they watch, evenly" },
  rate: { kind: "number", default: 200, atLeast: 1, help: "locations a second" },
  seconds: { kind: "number", default: 20, atLeast: 1, help: "of each part of the run" },
  doublings: { kind: "integer", default: 0, help: "how often the watchers double, each time with a run of its own" },
  beside: { kind: "text", default: "peer,floor", help: "the other servers that take turns: peer, floor, both or none" },
  jcmd: { kind: "text", help: "path of this command of the JDK: the live heap of the service is read after each run" },
  hot: { kind: "integer", default: 0, help: "so many of the watchers watch one session" },
  again: { kind: "text", help: "at the end all come back to the instance with this GraphQL endpoint, which has just started" },
  "again-ms": { kind: "integer", default: 2_000, help: "within which time they come back" },
  rounds: { kind: "integer", default: 2, atLeast: 1, help: "how often the servers take turns" },
  warmup: { kind: "number", default: 10, help: "seconds before, at the same rate" },
  "warmup-few": { kind: "number", default: 0, help: "seconds before that with a watcher a session, at --warmup-rate: a slow rate warms up nothing" },
  "warmup-rate": { kind: "number", default: 200, atLeast: 1, help: "locations a second of the service while few watch" },
  seed: { kind: "integer", default: 1, help: "for positions" },
  json: { kind: "flag", help: "the figures as JSON on stdout" },
  help: { kind: "flag", help: "this text" },
};

const OTHERS = { peer: "fanoutPeer.mjs", floor: "fanoutFloor.mjs" };

async function main() {
  const settings = readOptions(process.argv.slice(2), options);
  if (settings.help) {
    console.log(usage("node clients/load/fanout.mjs: what an update costs that many watch, beside a plain server and bare sockets", options));
    return;
  }
  if (settings["service-pid"] === undefined) {
    throw new UsageError("--service-pid is needed: the run compares CPU times");
  }
  const client = clientFrom(settings);
  const random = seededRandom(settings.seed);
  const city = await settleCity(client, random, { vendors: settings.sessions, sessions: settings.sessions });
  const centers = city.sessionIds.map(() => positionInCity(random));
  const common = { sessionIds: city.sessionIds, centers };
  const service = new FanoutTarget({
    ...common,
    jcmd: settings.jcmd,
    name: "service",
    url: settings.url,
    pid: settings["service-pid"],
    headers: localHeaders(settings),
  });
  const targets = [service];
  for (const name of settings.beside.split(",").filter((each) => each !== "none")) {
    targets.push(await FanoutTarget.start(name, OTHERS[name], common));
  }
  try {
    const figures = await runs(targets, settings);
    if (settings.again) {
      const before = await scrape(settings.again);
      const back = await service.comeBack(settings.again, localHeaders(settings), settings["again-ms"]);
      const calls = sumBy(difference(before, await scrape(settings.again)), "towline_dynamo_calls_seconds_count", "operation");
      figures.again = { ...back, calls };
      console.error(`came back: ${JSON.stringify(figures.again)}`);
    }
    console.log(settings.json ? JSON.stringify(figures) : textOf(figures, settings));
    process.exitCode = [...Object.values(figures.servers), figures.again ? [figures.again] : []].every(isWhole) ? 0 : 1;
  } finally {
    targets.forEach((target) => target.close());
    await leaveCity(client, city);
    client.close();
  }
}

/** @returns {Promise<object>} the figures of the last run, with what every one cost as `steps` and the rounds of all as `servers` */
async function runs(targets, { doublings, jcmd, hot, ...settings }) {
  const steps = [];
  const servers = Object.fromEntries(targets.map(({ name }) => [name, []]));
  let last;
  let watching = 0;
  for (let step = 0; step <= doublings; step++) {
    const watchers = settings.watchers * 2 ** step;
    const added = watchers - watching;
    last = await run(targets, { ...settings, watchers, added, hot: step === 0 ? hot : 0 });
    targets.forEach(({ name }) => servers[name].push(...last.servers[name]));
    const heapBytes = jcmd && targets[0].heapBytes();
    steps.push({ watchers, ...last.totals, cpuMicrosPerDelivery: last.cpuMicrosPerDelivery, heapBytes });
    watching = watchers;
    console.error(`${watchers} watchers: ${JSON.stringify(steps.at(-1))}`);
  }
  return { ...last, servers, steps };
}

async function run(targets, settings) {
  const { watchers, added, sessions, hot, rate, seconds, rounds, warmup } = settings;
  const isFirst = added === watchers;
  const servers = {};
  const memory = {};
  for (const target of targets) {
    if (isFirst && settings["warmup-few"] > 0 && target.name === "service") {
      await target.watch(sessions, 0);
      await target.move(settings["warmup-rate"], settings["warmup-few"]);
      target.leave();
    }
    const emptyBytes = target.residentBytes();
    await target.watch(added, hot);
    memory[target.name] = (target.residentBytes() - emptyBytes) / added;
    if (isFirst && warmup > 0) {
      await target.move(rate, target.name === "service" ? warmup : Math.min(warmup, 5));
    }
    servers[target.name] = [];
  }
  for (let round = 0; round < rounds; round++) {
    for (const target of targets) {
      const figures = await target.move(rate, seconds);
      servers[target.name].push(figures);
      console.error(`${target.name}: ${lineOf(figures)}`);
    }
  }
  const perDelivery = (name) => (1e6 * sum(servers[name], "cpuSeconds")) / sum(servers[name], "received");
  const micros = Object.fromEntries(targets.map(({ name }) => [name, perDelivery(name)]));
  return {
    watchers,
    ratePerSecond: rate,
    servers,
    totals: {
      cpuSeconds: Object.fromEntries(targets.map(({ name }) => [name, sum(servers[name], "cpuSeconds")])),
      received: Object.fromEntries(targets.map(({ name }) => [name, sum(servers[name], "received")])),
    },
    bytesPerWatcher: memory,
    cpuMicrosPerDelivery: micros,
    ...(micros.peer && { ratioToPeer: micros.service / micros.peer }),
    ...(micros.floor && { ratioToFloor: micros.service / micros.floor }),
  };
}

function isWhole(rounds) {
  return rounds.every(
    ({ holes, broken, behind = 0, errors = {} }) =>
      holes === 0 && broken === 0 && behind === 0 && Object.keys(errors).length === 0,
  );
}

function sum(rounds, figure) {
  return rounds.reduce((total, round) => total + round[figure], 0);
}

function localHeaders({ tenant, role, subject }) {
  return Object.fromEntries(
    [
      ["X-Towline-Local-Tenant", tenant],
      ["X-Towline-Local-Role", role],
      ["X-Towline-Local-Subject", subject],
    ].filter(([, value]) => value !== undefined),
  );
}

function lineOf({ cpuMicrosPerDelivery, updates, received, holes, left, broken, behind, delaysMs, errors }) {
  return (
    `${cpuMicrosPerDelivery.toFixed(1)} µs of CPU a delivery; ${updates} updates, ${received} deliveries, ` +
    `${holes} holes, ${left} left out, ${broken} broken, ${behind} behind; from the acknowledgement ` +
    `p50 ${delaysMs.p50.toFixed(1)} p99 ${delaysMs.p99.toFixed(1)} ms ${Object.keys(errors).length ? JSON.stringify(errors) : ""}`
  );
}

function textOf({ steps }, { sessions, rate }) {
  return steps.map((step, index) => `${step.watchers} watchers over ${sessions} sessions, ${rate} updates/s: ${stepText(step, steps[index - 1])}`).join("\n");
}

function stepText(step, before) {
  const { service, peer, floor } = step.cpuMicrosPerDelivery;
  const further = (name) =>
    (1e6 * (step.cpuSeconds[name] - before.cpuSeconds[name])) / (step.received[name] - before.received[name]);
  const each = (of) => Object.keys(step.cpuSeconds).map((name) => `${name} ${of(name).toFixed(1)} µs`).join(", ");
  const parts = [`CPU a delivery ${each((name) => step.cpuMicrosPerDelivery[name])}`];
  if (before) {
    parts.push(`each further delivery ${each(further)}`);
  }
  const ratios = [peer && `${(service / peer).toFixed(2)} of the peer`, floor && `${(service / floor).toFixed(2)} of bare sockets`];
  if (ratios.some(Boolean)) {
    parts.push(`the service costs ${ratios.filter(Boolean).join(" and ")}`);
  }
  if (before && step.heapBytes) {
    const bytes = (step.heapBytes - before.heapBytes) / (step.watchers - before.watchers);
    parts.push(`${bytes.toFixed(0)} bytes of live heap for each further watcher`);
  }
  return parts.join("; ");
}

await main().catch((error) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 2;
});
