import { readTimeMs } from "./recordedTime.mjs";

/**
 * Reads one JSON object a line: `latitude` and `longitude`; `recordedAt` (RFC 3339) or `timeMs` (of any clock), both absent where a given
 * speed makes the times; `speedMetersPerSecond`, `headingDegrees`, `accuracyMeters`; and `vehicle`, where there are several. Other keys
 * say nothing here.
 *
 * @param {string} text
 * @param {string} file the name to give as the origin
 * @returns {import("./traces.mjs").Trace[]} in order of first appearance
 * @throws {Error} names the line that is no such object
 */
export function parseNdjson(text, file) {
  /** @type {Map<string, import("./traces.mjs").Trace>} */
  const traces = new Map();
  text.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === "") {
      return;
    }
    const where = `${file}:${index + 1}`;
    const read = objectOf(line, where);
    const id = String(read.vehicle ?? file);
    const trace = traces.get(id) ?? { id, file, fixes: [] };
    traces.set(id, trace);
    trace.fixes.push({
      timeMs: timeOf(read, where),
      latitude: required(read, "latitude", where),
      longitude: required(read, "longitude", where),
      speedMetersPerSecond: optional(read, "speedMetersPerSecond", where),
      headingDegrees: optional(read, "headingDegrees", where),
      accuracyMeters: optional(read, "accuracyMeters", where),
    });
  });
  return [...traces.values()];
}

function objectOf(line, where) {
  let value;
  try {
    value = JSON.parse(line);
  } catch {
    throw new Error(`${where}: this is no JSON: ${line.slice(0, 60)}`);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${where}: this is no object: ${line.slice(0, 60)}`);
  }
  return value;
}

function timeOf(read, where) {
  if (read.recordedAt === undefined || read.recordedAt === null) {
    return optional(read, "timeMs", where);
  }
  const timeMs = readTimeMs(String(read.recordedAt));
  if (timeMs === undefined) {
    throw new Error(`${where}: recordedAt is no time such as 2026-05-01T12:00:00Z: ${read.recordedAt}`);
  }
  return timeMs;
}

function required(read, name, where) {
  const value = optional(read, name, where);
  if (value === undefined) {
    throw new Error(`${where}: ${name} is absent`);
  }
  return value;
}

function optional(read, name, where) {
  const value = read[name] ?? undefined;
  if (value !== undefined && typeof value !== "number") {
    throw new Error(`${where}: ${name} is no number: ${JSON.stringify(value)}`);
  }
  return value;
}
