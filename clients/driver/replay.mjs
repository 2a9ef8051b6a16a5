#!/usr/bin/env node
import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { concurrently } from "../lib/concurrently.mjs";
import { clientFrom } from "../lib/graphql.mjs";
import { connectionOptions, readOptions, usage, UsageError } from "../lib/options.mjs";
import { generatedTraces } from "./generatedTraces.mjs";
import { replayTrace } from "./replayTrace.mjs";
import { summarize, textOf } from "./report.mjs";
import { newestOf, parseTraces, readTraceFile, traceFiles } from "./traces.mjs";

const ONE_DAY = "traces_capmetro_austin_2017-03-21*";
const DEFAULT_FOLDER = resolve(import.meta.dirname, "../../../shared/data");

/** @type {Record<string, import("../lib/options.mjs").Option>} */
const options = {
  ...connectionOptions,
  traces: {
    kind: "text",
    help: "folder of traces_*.csv.gz (default: TOWLINE_TRACES, else ../shared/data beside the project)",
  },
  files: {
    kind: "text",
    default: "*",
    help: "which files: parts of names, or whole names with *, separated by commas",
  },
  "day-only": { kind: "flag", help: "one day of Austin's buses only" },
  generated: { kind: "flag", help: "use generated traces even if there are recorded ones" },
  seed: { kind: "integer", default: 1, help: "for generated traces" },
  "max-traces": { kind: "integer", atLeast: 1, help: "only the first so many traces of each file" },
  trace: { kind: "text", help: "only traces with this in their id" },
  newest: { kind: "integer", atLeast: 1, help: "only the newest so many fixes of each trace" },
  order: {
    kind: "text",
    default: "file",
    oneOf: ["file", "recorded"],
    help: "as the file has them, or by recorded time",
  },
  batch: {
    kind: "integer",
    default: 50,
    atLeast: 1,
    help: "points in one updateLocations; the service takes up to 500",
  },
  concurrency: { kind: "integer", default: 8, atLeast: 1, help: "traces at a time" },
  verify: { kind: "flag", help: "fail on an outcome other than the expected one" },
  "leave-open": { kind: "flag", help: "do not complete the sessions" },
  "per-trace": { kind: "flag", help: "one line for each trace" },
  json: { kind: "flag", help: "a machine-readable summary on stdout" },
  help: { kind: "flag", help: "this text" },
};

async function main() {
  const settings = readOptions(process.argv.slice(2), options);
  if (settings.help) {
    console.log(usage("node clients/driver/replay.mjs: replays recorded drives through the API", options));
    return;
  }
  const { origin, traces } = loadTraces(settings);
  console.error(`traces: ${origin}, ${traces.length} to ${settings.url}, order of ${settings.order}`);
  const client = clientFrom(settings, settings.concurrency);
  const begun = performance.now();
  const reports = await concurrently(traces, settings.concurrency, (trace) =>
    replayTrace(client, trace, {
      nowMs: Date.now(),
      order: settings.order,
      batch: settings.batch,
      leaveOpen: settings["leave-open"] ?? false,
    }),
  );
  client.close();
  const summary = summarize(origin, reports, Math.round(performance.now() - begun), settings.verify ?? false);
  console.log(settings.json ? JSON.stringify(summary, null, 2) : textOf(summary, settings["per-trace"]));
  process.exitCode = summary.ok ? 0 : 1;
}

/** @returns {{origin: "real" | "generated", traces: import("./traces.mjs").Trace[]}} */
function loadTraces(settings) {
  const folder = settings.traces ?? process.env.TOWLINE_TRACES ?? DEFAULT_FOLDER;
  if (settings.traces && !existsSync(folder)) {
    throw new UsageError(`--traces: there is no folder ${folder}`);
  }
  const chosen = (traces) =>
    traces
      .filter((trace) => trace.id.includes(settings.trace ?? ""))
      .slice(0, settings["max-traces"] ?? Infinity)
      .map((trace) => newestOf(trace, settings.newest ?? Infinity));
  if (settings.generated || !existsSync(folder)) {
    return { origin: "generated", traces: chosen(generatedTraces(settings.seed)) };
  }
  const files = traceFiles(folder, settings["day-only"] ? ONE_DAY : settings.files);
  if (files.length === 0) {
    throw new UsageError(`no trace file in ${folder} fits ${settings["day-only"] ? ONE_DAY : settings.files}`);
  }
  const traces = files.flatMap((file) => chosen(parseTraces(readTraceFile(file), basename(file))));
  return { origin: "real", traces };
}

try {
  await main();
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\nSee --help.` : error);
  process.exitCode = 2;
}
