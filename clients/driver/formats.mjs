import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import { UsageError } from "../lib/options.mjs";
import { withTimes } from "./missingTimes.mjs";
import { parseNdjson } from "./ndjson.mjs";
import { parseTraces } from "./traces.mjs";

/** What is read, by the end of a file's name; `.gz` may follow. */
const PARSERS = {
  csv: async () => parseTraces,
  // the only one with a package: who reads no GPX installs nothing
  gpx: async () => (await gpx()).parseGpx,
  ndjson: async () => parseNdjson,
  jsonl: async () => parseNdjson,
};

/**
 * Reads the drives of files: CSV, GPX or NDJSON, each also packed by gzip.
 *
 * @param {string[]} paths
 * @param {number} metersPerSecond how fast a vehicle is between points without times
 * @returns {Promise<import("./traces.mjs").Trace[]>} in the order of the files
 * @throws {UsageError} names the file, and the line where one is broken
 */
export async function readTraces(paths, metersPerSecond) {
  const traces = [];
  for (const path of paths) {
    traces.push(...(await tracesOf(path)));
  }
  return traces.map((trace) => ({ ...trace, fixes: withTimes(trace.fixes, metersPerSecond) }));
}

async function tracesOf(path) {
  const [, format, packed] = /\.(\w+?)(\.gz)?$/i.exec(path) ?? [];
  const parserOf = PARSERS[format?.toLowerCase()];
  if (!parserOf) {
    throw new UsageError(`${path}: the name of a recorded drive ends in .csv, .gpx, .ndjson or .jsonl, and .gz if it is packed`);
  }
  if (!existsSync(path)) {
    throw new UsageError(`${path}: there is no such file`);
  }
  const parse = await parserOf();
  let traces;
  try {
    const bytes = readFileSync(path);
    // the byte order mark that some programs write
    const text = (packed ? gunzipSync(bytes) : bytes).toString("utf8").replace(/^\uFEFF/, "");
    traces = parse(text, basename(path));
  } catch (error) {
    throw new UsageError(error.message.startsWith(basename(path)) ? error.message : `${path}: ${error.message}`);
  }
  if (traces.length === 0) {
    throw new UsageError(`${path}: there is no drive in it`);
  }
  return traces;
}

async function gpx() {
  try {
    return await import("./gpx.mjs");
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") {
      throw error;
    }
    throw new UsageError("GPX needs a package that is not installed: node clients/build.mjs driver");
  }
}
