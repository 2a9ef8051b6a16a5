import { SaxesParser } from "saxes";
import { readTimeMs } from "./recordedTime.mjs";

/**
 * Reads GPX 1.0 and 1.1. Each track is a drive, its segments joined; each route too, whose points have no times. Speed and course stand in
 * the point itself (1.0) or in an extension of whatever namespace (1.1), in metres per second and degrees. Points that belong to no track
 * are no drive.
 *
 * @param {string} text
 * @param {string} file the name to give as the origin
 * @returns {import("./traces.mjs").Trace[]} tracks and routes in the order of the file, without those that have no point
 * @throws {Error} names the line, for XML that is broken or no GPX, and for a position or a time that is none
 */
export function parseGpx(text, file) {
  const parser = new SaxesParser({ xmlns: true, fileName: file });
  const traces = [];
  const path = [];
  let root;
  let trace;
  let fix;
  let content = "";

  const failed = (what) => new Error(`${file}:${parser.line}: ${what}`);
  const isOwn = (tag) => tag.uri === root.uri;

  parser.on("error", (error) => {
    // it begins with the file, line and column already
    throw new Error(error.message);
  });
  parser.on("opentag", (tag) => {
    root ??= tag;
    if (root.local !== "gpx") {
      throw failed(`this is no GPX, but <${root.name}>`);
    }
    path.push(tag.local);
    content = "";
    if (isOwn(tag) && (tag.local === "trk" || tag.local === "rte")) {
      trace = { name: undefined, fixes: [] };
    } else if (trace && isOwn(tag) && (tag.local === "trkpt" || tag.local === "rtept")) {
      fix = { timeMs: undefined, latitude: degrees(tag, "lat"), longitude: degrees(tag, "lon") };
    }
  });
  parser.on("text", (more) => (content += more));
  parser.on("cdata", (more) => (content += more));
  parser.on("closetag", (tag) => {
    const parent = path.at(-2);
    path.pop();
    if (isOwn(tag) && (tag.local === "trk" || tag.local === "rte")) {
      traces.push(trace);
      trace = undefined;
    } else if (fix && (tag.local === "trkpt" || tag.local === "rtept")) {
      trace.fixes.push(fix);
      fix = undefined;
    } else if (fix) {
      take(tag, parent);
    } else if (trace && isOwn(tag) && tag.local === "name") {
      trace.name = content.trim();
    }
    content = "";
  });
  parser.write(text).close();
  return named(
    traces.filter(({ fixes }) => fixes.length > 0),
    file,
  );

  function degrees(tag, name) {
    const value = tag.attributes[name]?.value ?? "";
    if (value.trim() === "" || !Number.isFinite(Number(value))) {
      throw failed(`${name} of <${tag.name}> is no number: ${value}`);
    }
    return Number(value);
  }

  function take(tag, parent) {
    if (tag.local === "time" && (parent === "trkpt" || parent === "rtept")) {
      fix.timeMs = readTimeMs(content);
      if (fix.timeMs === undefined) {
        throw failed(`<${tag.name}> is no time such as 2026-05-01T12:00:00Z: ${content.trim()}`);
      }
    } else if (tag.local === "speed") {
      fix.speedMetersPerSecond = number(content);
    } else if (tag.local === "course") {
      fix.headingDegrees = number(content);
    }
  }
}

/** What a device reports beside its position may be nonsense; then it is left out. */
function number(content) {
  return content.trim() !== "" && Number.isFinite(Number(content)) ? Number(content) : undefined;
}

/** Two tracks may have one name, or none. */
function named(traces, file) {
  const taken = new Set();
  return traces.map(({ name, fixes }, index) => {
    const id = name && !taken.has(name) ? name : `${name || file} #${index + 1}`;
    taken.add(id);
    return { id, file, fixes };
  });
}
