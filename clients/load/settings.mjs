import { readFileSync } from "node:fs";
import { connectionOptions, readOptions, UsageError } from "../lib/options.mjs";
import { requireComparable } from "./compareRuns.mjs";
import { secondsOf } from "./arrivals.mjs";
import { KINDS } from "./kinds.mjs";

/** What the command understands. @type {Record<string, import("../lib/options.mjs").Option>} */
export const options = {
  ...connectionOptions,
  tenant: { kind: "text", help: "sent as X-Towline-Local-Tenant; a new one for each run if absent, - for none" },
  kind: { kind: "text", default: "smoke", oneOf: Object.keys(KINDS), help: "which kind of run" },
  rate: { kind: "number", atLeast: 0.1, help: "requests a second; of a kind that varies, the most" },
  seconds: { kind: "number", atLeast: 1, help: "how long, after a warm-up" },
  warmup: { kind: "number", default: 5, help: "seconds before the run that are not counted" },
  watchers: { kind: "integer", help: "subscriptions over WebSocket" },
  vendors: { kind: "integer", default: 200, atLeast: 1, help: "vendors registered first" },
  sessions: { kind: "integer", default: 50, atLeast: 1, help: "open sessions whose vehicles move" },
  rates: { kind: "text", help: "several rates with commas between, one after another on the same service; every one has to hold" },
  "find-rate": { kind: "flag", help: "halve the rate until the thresholds hold, and then search between; one that holds is enough" },
  thresholds: { kind: "text", help: "a file of thresholds; if absent thresholds.json beside this command, for smoke thresholds.smoke.json" },
  compare: { kind: "text", help: "report.json of a stored run of the same kind, rate and watchers; what became worse fails the run" },
  report: { kind: "text", help: "a folder for report.json, report.md and report.html" },
  "service-pid": { kind: "integer", help: "process of the service on this machine, to tell its CPU" },
  "dynamodb-pid": { kind: "integer", help: "process of DynamoDB Local, where it is not in the service's process" },
  "redis-pid": { kind: "integer", help: "process of Redis" },
  seed: { kind: "integer", default: 1, help: "for positions and choices; each further rate of a series has the next one" },
  json: { kind: "flag", help: "the report as JSON on stdout, instead of a summary" },
  help: { kind: "flag", help: "this text" },
};

/**
 * Reads the command line, and refuses what cannot work before anything is sent.
 *
 * @param {string[]} argv without node and script
 * @returns {Record<string, any>} the options; `thresholds` and, for `--compare`, `stored` are what is in the files; `rates` are numbers
 * @throws {UsageError}
 */
export function settingsOf(argv) {
  const [first, ...rest] = argv;
  const isNamed = first !== undefined && !first.startsWith("-");
  if (isNamed && !(first in KINDS)) {
    throw new UsageError(`There is no kind ${first}: the kinds are ${Object.keys(KINDS).join(", ")}`);
  }
  const settings = readOptions(isNamed ? [`--kind=${first}`, ...rest] : argv, options);
  const kind = KINDS[settings.kind];
  settings.isSeries = Boolean(settings["find-rate"] || settings.rates);
  settings.rate ??= kind.rate;
  settings.rates = (settings.rates ?? String(settings.rate)).split(",").filter(Boolean).map(Number);
  if (!settings.rates.every((each) => each > 0)) {
    throw new UsageError("--rates must be numbers above 0 with commas between, such as 100,200,500");
  }
  if (kind.incidentsOnly && settings.watchers > 0) {
    throw new UsageError(`${settings.kind} opens a watcher for each incident, so that --watchers does not apply.`);
  }
  settings.seconds ??= kind.seconds;
  settings.watchers ??= kind.watchers;
  settings.thresholds = fileOf(settings.thresholds ?? new URL(kind.thresholds ?? "thresholds.json", import.meta.url));
  if (settings.compare) {
    settings.stored = storedOf(settings, kind);
  }
  return settings;
}

function storedOf(settings, kind) {
  if (settings.isSeries) {
    throw new UsageError("--compare needs one rate: which one of --rates and --find-rate is reported is not known before.");
  }
  const stored = fileOf(settings.compare);
  const { kind: name, rate: ratePerSecond, watchers } = settings;
  const seconds = secondsOf(kind.phases(ratePerSecond, settings.seconds));
  try {
    requireComparable({ kind: name, ratePerSecond, watchers, seconds }, stored, kind.isSteady);
  } catch (error) {
    throw new UsageError(error.message);
  }
  return stored;
}

function fileOf(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error.message}`);
  }
}
