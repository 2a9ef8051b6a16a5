import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/**
 * One reported position as it stands in the file. Times are comparable within one trace only.
 *
 * @typedef {object} Fix
 * @property {number} timeMs
 * @property {number} latitude degrees, as recorded, may be impossible
 * @property {number} longitude degrees, as recorded, may be impossible
 * @property {number} [speedMetersPerSecond] as recorded, may be a sentinel
 * @property {number} [headingDegrees] as recorded, may exceed 360
 * @property {number} [accuracyMeters]
 */

/**
 * One vehicle's fixes, in the order in which the file has them.
 *
 * @typedef {object} Trace
 * @property {string} id
 * @property {string} file the file's name, or "generated"
 * @property {Fix[]} fixes
 */

/** The columns that every file has, in whatever order; `t_kind`, `speed_mps`, `heading_deg` and `accuracy_m` may be absent. */
const COLUMNS = ["trace_id", "t_ms", "lat", "lon"];

/** `utc`, a local clock without a zone, ms from the start: all run in milliseconds, which is all that shifting needs. */
const TIME_KINDS = new Set(["utc", "local_as_utc", "relative"]);

/**
 * @param {string} folder
 * @param {string} [wanted] names separated by commas; one with a `*` must match whole, others a part; all if absent
 * @returns {string[]} paths of trace files, sorted; empty if the folder does not exist
 */
export function traceFiles(folder, wanted = "*") {
  if (!existsSync(folder)) {
    return [];
  }
  const patterns = wanted
    .split(",")
    .map((pattern) => pattern.trim())
    .filter(Boolean)
    .map(matcher);
  return readdirSync(folder)
    .filter((name) => /^traces_.*\.csv(\.gz)?$/.test(name))
    .filter((name) => patterns.some((pattern) => pattern.test(name)))
    .sort()
    .map((name) => join(folder, name));
}

/**
 * @param {string} path a `.csv` or `.csv.gz`
 * @returns {string} its text
 */
export function readTraceFile(path) {
  const bytes = readFileSync(path);
  return (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
}

/**
 * @param {string} text a whole CSV; vehicles may be interleaved
 * @param {string} file the name to give as the origin
 * @returns {Trace[]} in order of first appearance
 * @throws {Error} for a header without the columns, an unknown or changing kind of time, or a time that is no number
 */
export function parseTraces(text, file) {
  const [header, ...lines] = text.split(/\r?\n/);
  const columns = header.split(",").map((column) => column.trim());
  const missing = COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw new Error(`${file}: there is no column ${missing.join(", ")} in the first line`);
  }
  /** @type {Map<string, Trace & { timeKind: string }>} */
  const traces = new Map();
  lines.forEach((line, index) => {
    if (line === "") {
      return;
    }
    const values = line.split(",");
    const of = (column) => values[columns.indexOf(column)];
    const [id, timeText, timeKind] = [of("trace_id"), of("t_ms"), of("t_kind") ?? "relative"];
    const timeMs = measured(timeText);
    const trace = traces.get(id) ?? { id, file, fixes: [], timeKind };
    if (!TIME_KINDS.has(timeKind) || timeKind !== trace.timeKind || !Number.isFinite(timeMs)) {
      throw new Error(`${file}:${index + 2}: no usable time: ${timeText} (${timeKind})`);
    }
    traces.set(id, trace);
    trace.fixes.push({
      timeMs,
      latitude: measured(of("lat")) ?? NaN,
      longitude: measured(of("lon")) ?? NaN,
      speedMetersPerSecond: measured(of("speed_mps")),
      headingDegrees: measured(of("heading_deg")),
      accuracyMeters: measured(of("accuracy_m")),
    });
  });
  return [...traces.values()].map(({ timeKind, ...trace }) => trace);
}

/**
 * @param {Trace} trace
 * @param {number} count
 * @returns {Trace} with only its newest fixes by recorded time, still in the order of the file
 */
export function newestOf(trace, count) {
  const newest = new Set(trace.fixes.toSorted((a, b) => b.timeMs - a.timeMs).slice(0, count));
  return { ...trace, fixes: trace.fixes.filter((fix) => newest.has(fix)) };
}

/** Empty means not reported. */
function measured(text) {
  return text === undefined || text.trim() === "" ? undefined : Number(text);
}

function matcher(pattern) {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(pattern.includes("*") ? `^${escaped.replaceAll("*", ".*")}$` : escaped);
}
