#!/usr/bin/env node
import { writeFileSync } from "node:fs";
import { connectionOptions, readOptions, usage, UsageError } from "../lib/options.mjs";
import { HearingRun } from "./hearingRun.mjs";

/** @type {Record<string, import("../lib/options.mjs").Option>} */
const options = {
  ...connectionOptions,
  "service-pid": { kind: "integer", help: "process of the instance at --url, which writes" },
  "hearing-url": { kind: "text", help: "the GraphQL endpoint of the other instance, which hears" },
  "hearing-pid": { kind: "integer", help: "its process on this machine" },
  redis: { kind: "text", default: "127.0.0.1:6379", help: "host and port" },
  channels: { kind: "text", default: "towline:changes", help: "all channels of the bus, with commas between" },
  sessions: { kind: "integer", default: 50, atLeast: 1, help: "of each kind: unknown to the hearing instance, in its cache, watched there" },
  rate: { kind: "number", default: 200, atLeast: 1, help: "changes a second" },
  "replay-rate": { kind: "number", default: 2_000, atLeast: 1, help: "messages a second that are sent past the service" },
  seconds: { kind: "number", default: 20, atLeast: 1, help: "of each part of a round" },
  rounds: { kind: "integer", default: 2, atLeast: 1, help: "how often all parts are repeated" },
  warmup: { kind: "number", default: 30, help: "seconds before, half of them at the same rate" },
  probes: { kind: "integer", default: 5_000, atLeast: 1, help: "messages that measure Redis by itself" },
  seed: { kind: "integer", default: 1, help: "for positions" },
  out: { kind: "text", help: "a file for the figures, for growth of the bus: see busGrowth.mjs" },
  json: { kind: "flag", help: "the figures as JSON on stdout" },
  help: { kind: "flag", help: "this text" },
};

async function main() {
  const settings = readOptions(process.argv.slice(2), options);
  if (settings.help) {
    console.log(usage("node clients/load/hearing.mjs: what hearing a change of another instance costs, beside a plain subscriber", options));
    return;
  }
  for (const name of ["service-pid", "hearing-url", "hearing-pid"]) {
    if (settings[name] === undefined) {
      throw new UsageError(`--${name} is needed: the run compares CPU times of two instances`);
    }
  }
  const run = new HearingRun(settings);
  try {
    await run.prepare();
    await run.warmUp();
    const figures = await run.measure();
    if (settings.out) {
      writeFileSync(settings.out, `${JSON.stringify(figures, null, 2)}\n`);
    }
    console.log(settings.json ? JSON.stringify(figures) : textOf(figures));
    process.exitCode = figures.lost === 0 && Object.keys(figures.errors).length === 0 ? 0 : 1;
  } finally {
    await run.close();
  }
}

function textOf({ cpuMicros, redisMicros: redis, ratioToFloor, changeBytes, noise, remembered }) {
  const of = (values) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value.toFixed(1)}`)
      .join(", ");
  return [
    `CPU in µs: ${of(cpuMicros)}`,
    `Redis in µs: ${of(redis)}`,
    `times the floor: ${of(ratioToFloor)}`,
    `a message of a change has ${changeBytes.toFixed(0)} bytes on the wire; ${(100 * remembered).toFixed(0)} % of the cached sessions were hits at the end of their part`,
    `noise between rounds: ${Object.entries(noise)
      .map(([name, share]) => `${name} ${(100 * share).toFixed(0)} %`)
      .join(", ")}`,
  ].join("\n");
}

await main().catch((error) => {
  console.error(error instanceof UsageError ? error.message : error);
  process.exitCode = 2;
});
