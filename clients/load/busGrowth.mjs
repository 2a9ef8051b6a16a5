#!/usr/bin/env node
import { readOptions, usage, UsageError } from "../lib/options.mjs";
import { figureOptions, measuredFrom } from "./busFigures.mjs";
import { endOf, growthAt, SINGLE } from "./busModel.mjs";

/** @type {Record<string, import("../lib/options.mjs").Option>} */
const options = {
  ...figureOptions,
  changes: { kind: "number", default: 250, help: "changes a second that each instance writes" },
  queries: { kind: "number", default: 1_000, help: "queries a second that each instance answers" },
  watchers: { kind: "number", default: 2, help: "of each session that changes" },
  "cached-share": { kind: "share", default: 0.25, shownDefault: "25%", help: "of the changes heard, of entities in memory" },
  "heartbeat-ms": { kind: "number", default: 250, atLeast: 1, help: "between two heartbeats of an instance in a shard" },
  shards: { kind: "integer", default: 64, atLeast: 1, help: "of the bus, where it has several" },
  interests: { kind: "integer", default: 2_000, help: "entities that an instance holds or watches, without routing" },
  "other-interests": { kind: "integer", default: 2, help: "those that routing does not bring to their instance" },
  "most-hearing": { kind: "share", default: 0.25, shownDefault: "25%", help: "of a core, that hearing may take of an instance" },
  "most-redis": { kind: "share", default: 0.8, shownDefault: "80%", help: "of a core, that messages may take of Redis" },
  "most-mbytes": { kind: "number", default: 600, help: "megabytes a second that Redis may send" },
  json: { kind: "flag", help: "the tables as JSON on stdout" },
  help: { kind: "flag", help: "this text" },
};

const INSTANCES = [1, 2, 4, 8, 16, 32, 64];

function main() {
  const settings = readOptions(process.argv.slice(2), options);
  if (settings.help) {
    console.log(usage("node clients/load/busGrowth.mjs: how the bus grows from 1 to 64 instances, by measured figures", options));
    return;
  }
  const tables = tablesOf(measuredFrom(settings), settings);
  console.log(settings.json ? JSON.stringify(tables) : tables.map(textOf).join("\n\n"));
}

function tablesOf(measured, settings) {
  const load = {
    changesPerSecond: settings.changes,
    queriesPerSecond: settings.queries,
    watchers: settings.watchers,
    cachedShare: settings["cached-share"],
    heartbeatsPerSecond: 1_000 / settings["heartbeat-ms"],
  };
  const limits = {
    hearingCores: settings["most-hearing"],
    redisCores: settings["most-redis"],
    bytesPerSecond: 1e6 * settings["most-mbytes"],
  };
  const { shards, interests, "other-interests": others } = settings;
  return [
    { name: "one channel", sharding: SINGLE },
    { name: `${shards} shards by interest, requests go anywhere`, sharding: { shards, interests, routed: false } },
    { name: `${shards} shards by interest, requests routed by session`, sharding: { shards, interests: others, routed: true } },
  ].map(({ name, sharding }) => ({
    name,
    rows: INSTANCES.map((instances) => growthAt(instances, measured, load, sharding)),
    end: endOf(measured, load, sharding, limits) ?? null,
  }));
}

function textOf({ name, rows, end }) {
  const lines = rows.map((row) =>
    [
      row.instances,
      row.changesPerSecond.toFixed(0),
      row.heardPerSecond.toFixed(0),
      row.heartbeatsHeardPerSecond.toFixed(0),
      percent(row.hearingCores),
      percent(row.workCores),
      megabytes(row.bytesInPerSecond),
      percent(row.redisCores),
      megabytes(row.redisBytesOutPerSecond),
    ].join(" | "),
  );
  return [
    `**${name}**: ${end === null ? "no limit up to 1,024 instances" : `ends at ${end.instances} instances, ${end.changesPerSecond.toFixed(0)} changes/s: ${end.limit}`}`,
    "",
    "| instances | changes/s | heard/s | heartbeats/s | hearing, % of a core | own work, % of a core | MB/s in | Redis, % of a core | MB/s out of Redis |",
    "|---|---|---|---|---|---|---|---|---|",
    ...lines.map((line) => `| ${line} |`),
  ].join("\n");
}

function percent(cores) {
  return (100 * cores).toFixed(1);
}

function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}

try {
  main();
} catch (error) {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 2;
}
