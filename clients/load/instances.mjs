#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { readOptions, usage, UsageError } from "../lib/options.mjs";
import { seededRandom } from "../lib/random.mjs";
import { figureOptions, measuredFrom } from "./busFigures.mjs";
import { mostOf } from "./instancesModel.mjs";
import { play } from "./instancesSimulation.mjs";

const INSTANCES = [1, 2, 4];

/** @type {Record<string, import("../lib/options.mjs").Option>} */
const options = {
  reads: { kind: "text", help: "the file that reads.mjs has written with --out: what a query costs" },
  ...figureOptions,
  "queries-per-change": { kind: "number", default: 20, help: "hot reads for each change" },
  watchers: { kind: "number", default: 2, help: "of each session that changes" },
  "cached-share": { kind: "share", default: 0.25, shownDefault: "25%", help: "of the changes heard, of entities in memory" },
  "heartbeat-ms": { kind: "number", default: 250, atLeast: 1, help: "between two heartbeats of an instance" },
  cores: { kind: "integer", default: 2, atLeast: 1, help: "of each instance" },
  "most-used": { kind: "share", default: 0.7, shownDefault: "70%", help: "of the cores of an instance" },
  "most-redis": { kind: "share", default: 0.8, shownDefault: "80%", help: "of a core, that messages may take of Redis" },
  "most-mbytes": { kind: "number", default: 600, help: "megabytes a second that Redis may send" },
  seconds: { kind: "number", default: 30, atLeast: 1, help: "that are simulated" },
  seed: { kind: "integer", default: 1, help: "of the simulation" },
  json: { kind: "flag", help: "the table as JSON on stdout" },
  help: { kind: "flag", help: "this text" },
};

function main() {
  const settings = readOptions(process.argv.slice(2), options);
  if (settings.help) {
    console.log(usage("node clients/load/instances.mjs: what 1, 2 and 4 instances carry, on paper and by simulation, by measured figures", options));
    return;
  }
  const reads = settings.reads === undefined ? undefined : JSON.parse(readFileSync(settings.reads, "utf8"));
  const measured = measuredFrom({ ...settings, query: settings.query ?? reads?.kinds.service.cpuMicros });
  const rows = INSTANCES.map((instances) => rowOf(instances, measured, settings));
  console.log(settings.json ? JSON.stringify({ measured, rows }) : textOf(rows));
}

function rowOf(instances, measured, settings) {
  const mix = {
    queriesPerChange: settings["queries-per-change"],
    watchers: settings.watchers,
    cachedShare: settings["cached-share"],
    heartbeatsPerSecond: 1_000 / settings["heartbeat-ms"],
  };
  const limits = {
    instanceCores: settings.cores * settings["most-used"],
    redisCores: settings["most-redis"],
    bytesPerSecond: 1e6 * settings["most-mbytes"],
  };
  const most = mostOf(instances, measured, mix, limits);
  const { queriesPerSecond, changesPerSecond } = most;
  const played = play(instances, measured, { ...mix, queriesPerSecond, changesPerSecond }, settings.cores, settings.seconds, seededRandom(settings.seed));
  return { instances, ...most, coresOfEach: settings.cores, played };
}

function textOf(rows) {
  const percent = (share) => (100 * share).toFixed(1);
  const lines = rows.map(({ instances, queriesPerSecond, changesPerSecond, growth, limit, coresOfEach, played }) =>
    [
      instances,
      (instances * queriesPerSecond).toFixed(0),
      (instances * changesPerSecond).toFixed(0),
      limit,
      `${growth.heardPerSecond.toFixed(0)} / ${played.heardPerSecond.toFixed(0)}`,
      `${growth.heartbeatsHeardPerSecond.toFixed(0)}`,
      `${percent((growth.hearingCores + growth.workCores) / coresOfEach)} / ${percent(played.busyShare)}`,
      percent(growth.hearingCores / coresOfEach),
      `${percent(growth.redisCores)} / ${percent(played.redisShare)}`,
      `${played.queryP50Ms.toFixed(2)}, ${played.queryP99Ms.toFixed(2)}`,
      played.heardP99Ms.toFixed(2),
    ].join(" | "),
  );
  return [
    "| instances | queries/s in all | changes/s in all | used up first | changes heard/s by each, paper / simulation | heartbeats heard/s by each | cores of each used, %, paper / simulation | of which hearing, % | Redis, % of a core, paper / simulation | a query p50, p99, ms | all have heard a change p99, ms |",
    "|---|---|---|---|---|---|---|---|---|---|---|",
    ...lines.map((line) => `| ${line} |`),
  ].join("\n");
}

try {
  main();
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 2;
}
