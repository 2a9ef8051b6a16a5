import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { UsageError } from "../lib/options.mjs";
import { readTraces } from "./formats.mjs";
import { withTimes } from "./missingTimes.mjs";
import { readTimeMs } from "./recordedTime.mjs";

const NOON_MS = Date.UTC(2026, 4, 1, 12);
const GPX_11 = 'xmlns="http://www.topografix.com/GPX/1/1"';

/** Writes a file of this name and reads it. */
async function read(t, name, content) {
  const folder = mkdtempSync(join(tmpdir(), "drives-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), content);
  return readTraces([join(folder, name)], 10);
}

const point = (lat, lon, inside = "") => `<trkpt lat="${lat}" lon="${lon}">${inside}</trkpt>`;
const gpx = (tracks, root = GPX_11) => `<?xml version="1.0"?><gpx version="1.1" creator="t" ${root}>${tracks}</gpx>`;

test("reads GPX 1.1: tracks, segments, times of any zone, speed and course of an extension", async (t) => {
  const extension = `<extensions><x:TrackPointExtension xmlns:x="http://www.garmin.com/xmlschemas/TrackPointExtension/v2">
    <x:speed>12.5</x:speed><x:course>271</x:course></x:TrackPointExtension></extensions>`;
  const traces = await read(
    t,
    "a.gpx",
    gpx(`<metadata><time>1999-01-01T00:00:00Z</time></metadata><wpt lat="1" lon="1"/>
      <trk><name>One &amp; only</name><trkseg>${point(30, -97, `<time>2026-05-01T14:00:00+02:00</time>${extension}`)}</trkseg>
        <trkseg>${point(30.1, -97, "<time>2026-05-01T12:00:01.5Z</time>")}</trkseg></trk>
      <trk><name>One &amp; only</name><trkseg>${point(1, 2, "<time>2026-05-01T12:00:00</time>")}</trkseg></trk>
      <trk><trkseg/></trk>`),
  );
  assert.deepEqual(traces, [
    {
      id: "One & only",
      file: "a.gpx",
      fixes: [
        { timeMs: NOON_MS, latitude: 30, longitude: -97, speedMetersPerSecond: 12.5, headingDegrees: 271 },
        { timeMs: NOON_MS + 1_500, latitude: 30.1, longitude: -97 },
      ],
    },
    { id: "One & only #2", file: "a.gpx", fixes: [{ timeMs: NOON_MS, latitude: 1, longitude: 2 }] },
  ]);
});

test("reads GPX 1.0, with a prefix, a byte order mark, CRLF, and packed", async (t) => {
  const text = `\uFEFF<?xml version="1.0" encoding="UTF-8"?>\r\n<g:gpx version="1.0" xmlns:g="http://www.topografix.com/GPX/1/0">\r\n<g:trk>
    <g:trkseg><g:trkpt lat="1" lon="2"><g:ele>5</g:ele><g:time>2026-05-01T12:00:00Z</g:time><g:course>10</g:course><g:speed>3</g:speed>
    </g:trkpt></g:trkseg></g:trk></g:gpx>\r\n`;
  for (const [name, content] of [
    ["b.gpx", text],
    ["b.gpx.gz", gzipSync(text)],
  ]) {
    const [{ id, fixes }] = await read(t, name, content);
    assert.equal(id, `${name} #1`);
    assert.deepEqual(fixes, [{ timeMs: NOON_MS, latitude: 1, longitude: 2, headingDegrees: 10, speedMetersPerSecond: 3 }]);
  }
});

test("gives the points of a route times by the given speed", async (t) => {
  const [{ fixes }] = await read(t, "r.gpx", gpx('<rte><rtept lat="0.1" lon="0"/><rtept lat="0.2" lon="0"/></rte>', ""));
  assert.equal(fixes[0].timeMs, 0);
  // a tenth of a degree is 11.1 km
  assert.ok(Math.abs(fixes[1].timeMs - 1_111_900) < 1_000, String(fixes[1].timeMs));
});

for (const [name, content, message] of [
  ["cut off", gpx("<trk><trkseg>").slice(0, -10), /^Error: a\.gpx:1:\d+: /],
  ["not XML", "hello", /^Error: a\.gpx:1:\d+: /],
  ["an entity of its own", `<!DOCTYPE gpx [<!ENTITY e "x">]>${gpx("<trk><name>&e;</name></trk>").slice(21)}`, /a\.gpx:1:\d+: .*entity/],
  ["KML", "<kml/>", /^Error: a\.gpx:1: this is no GPX, but <kml>/],
  ["a latitude that is no number", gpx(`\n<trk><trkseg>${point("north", 1)}`), /^Error: a\.gpx:2: lat of <trkpt> is no number: north/],
  ["no longitude", gpx('<trk><trkseg><trkpt lat="1"/>'), /^Error: a\.gpx:1: lon of <trkpt> is no number: $/],
  ["a time that is none", gpx(`<trk><trkseg>${point(1, 2, "<time>noon</time>")}`), /^Error: a\.gpx:1: <time> is no time such as .*: noon/],
  ["no drive", gpx('<wpt lat="1" lon="2"/>'), /a\.gpx: there is no drive in it/],
]) {
  test(`refuses GPX: ${name}`, (t) =>
    assert.rejects(read(t, "a.gpx", content), (error) => error instanceof UsageError && message.test(String(error))));
}

test("reads NDJSON: several vehicles, both kinds of time, a byte order mark, CRLF and blank lines", async (t) => {
  const lines = [
    { vehicle: 7, latitude: 30, longitude: -97, recordedAt: "2026-05-01T14:00:00.250+02:00", speedMetersPerSecond: 5, other: [] },
    { vehicle: "b", latitude: 1, longitude: 2, timeMs: 42, headingDegrees: 90, accuracyMeters: 4 },
    { vehicle: 7, latitude: 31, longitude: -97, recordedAt: "2026-05-01T12:00:01Z", headingDegrees: null },
  ].map((line) => JSON.stringify(line));
  const traces = await read(t, "a.ndjson", `\uFEFF${lines.join("\r\n\r\n")}\r\n`);
  assert.deepEqual(
    traces.map(({ id, fixes }) => [id, fixes.map(({ timeMs }) => timeMs)]),
    [
      ["7", [NOON_MS + 250, NOON_MS + 1_000]],
      ["b", [42]],
    ],
  );
  const { timeMs, ...rest } = traces[1].fixes[0];
  assert.deepEqual(JSON.parse(JSON.stringify(rest)), { latitude: 1, longitude: 2, headingDegrees: 90, accuracyMeters: 4 });
});

for (const [line, message] of [
  ["{", /^Error: a\.jsonl:2: this is no JSON: \{/],
  ["[1,2]", /^Error: a\.jsonl:2: this is no object/],
  ['{"latitude":1}', /^Error: a\.jsonl:2: longitude is absent/],
  ['{"latitude":"1","longitude":2}', /^Error: a\.jsonl:2: latitude is no number: "1"/],
  ['{"latitude":1,"longitude":2,"recordedAt":"yesterday"}', /^Error: a\.jsonl:2: recordedAt is no time .*: yesterday/],
  ['{"latitude":1,"longitude":2,"timeMs":"0"}', /^Error: a\.jsonl:2: timeMs is no number: "0"/],
]) {
  test(`refuses NDJSON: ${line}`, (t) =>
    assert.rejects(read(t, "a.jsonl", `{"latitude":1,"longitude":2}\n${line}\n`), (error) => message.test(String(error))));
}

test("reads CSV with other columns, in another order, with a byte order mark and CRLF", async (t) => {
  const [{ id, fixes }] = await read(t, "a.csv", "\uFEFFlat, lon,trace_id,t_ms,note\r\n1,2,a,5,x\r\n");
  assert.equal(id, "a");
  assert.deepEqual([fixes[0].latitude, fixes[0].longitude, fixes[0].timeMs], [1, 2, 5]);
});

for (const [name, content, message] of [
  ["drive.kml", "", /drive\.kml: the name of a recorded drive ends in \.csv, \.gpx/],
  ["a.csv", "id,lat\n", /^Error: a\.csv: there is no column trace_id, t_ms, lon in the first line/],
  ["a.csv.gz", "not packed", /a\.csv\.gz: incorrect header check/],
  ["b.csv", "trace_id,t_ms,lat,lon\n", /b\.csv: there is no drive in it/],
]) {
  test(`refuses ${name}: ${message.source}`, (t) => assert.rejects(read(t, name, content), message));
}

test("refuses a file that is absent", () => assert.rejects(readTraces(["/nonexistent/a.gpx"], 10), /\/nonexistent\/a\.gpx: there is no such file/));

test("reads times of every zone, and those without one as UTC, wherever this machine is", (t) => {
  const zone = process.env.TZ;
  t.after(() => {
    delete process.env.TZ;
    Object.assign(process.env, zone === undefined ? {} : { TZ: zone });
  });
  process.env.TZ = "America/New_York";
  for (const text of ["2026-05-01T12:00:00Z", "2026-05-01t12:00:00z", "2026-05-01 12:00:00", "2026-05-01T17:30:00.000000+05:30"]) {
    assert.equal(readTimeMs(text), NOON_MS, text);
  }
  for (const text of ["", "2026-05-01", "12:00:00", "2026-13-01T12:00:00Z", "2026-05-01T25:00:00Z", "1777636800000"]) {
    assert.equal(readTimeMs(text), undefined, text);
  }
});

test("fixes without a time get one between their neighbours, and before and after by the speed", () => {
  const at = (latitude, timeMs) => ({ latitude, longitude: 0, timeMs });
  const degreeMs = Math.round((6_371_000 * Math.PI) / 180);
  const filled = withTimes([at(0), at(1, 1e9), at(1.25), at(1.25), at(2, 2e9), at(3)], 1_000).map(({ timeMs }) => timeMs);
  const near = [1e9 - degreeMs, 1e9, 1.25e9, 1.25e9, 2e9, 2e9 + degreeMs];
  filled.forEach((timeMs, i) => assert.ok(Math.abs(timeMs - near[i]) < 1e4, `${i}: ${timeMs}`));
  const standing = withTimes([at(0, 0), at(0), at(0), at(0, 3_000)], 10).map(({ timeMs }) => timeMs);
  assert.deepEqual(standing, [0, 1_000, 2_000, 3_000]);
});
