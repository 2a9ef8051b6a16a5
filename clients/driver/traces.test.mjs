import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { newestOf, parseTraces, readTraceFile, traceFiles } from "./traces.mjs";

const HEADER = "trace_id,source,seq,t_ms,t_kind,lat,lon,speed_mps,heading_deg,accuracy_m";

test("separates interleaved vehicles and keeps the file's order", () => {
  const traces = parseTraces(
    `${HEADER}\na,s,0,2000,utc,1,2,3.5,,\nb,s,0,1000,utc,5,6,,,\na,s,1,1000,utc,3,4,-1,507.78,12\n`,
    "f",
  );
  assert.deepEqual(
    traces.map(({ id, file, fixes }) => [id, file, fixes.map((fix) => fix.timeMs)]),
    [
      ["a", "f", [2000, 1000]],
      ["b", "f", [1000]],
    ],
  );
  assert.deepEqual(traces[0].fixes[0], {
    timeMs: 2000,
    latitude: 1,
    longitude: 2,
    speedMetersPerSecond: 3.5,
    headingDegrees: undefined,
    accuracyMeters: undefined,
  });
  assert.equal(traces[0].fixes[1].speedMetersPerSecond, -1);
});

test("takes every kind of time", () => {
  for (const kind of ["utc", "local_as_utc", "relative"]) {
    assert.equal(parseTraces(`${HEADER}\na,s,0,0,${kind},1,2,,,`, "f")[0].fixes[0].timeMs, 0);
  }
});

test("keeps a position that is no number as such", () => {
  const [{ fixes }] = parseTraces(`${HEADER}\na,s,0,1,utc,,nan,,,\n`, "f");
  assert.ok(Number.isNaN(fixes[0].latitude) && Number.isNaN(fixes[0].longitude));
});

test("keeps the newest fixes in the file's order", () => {
  const trace = { id: "a", file: "f", fixes: [3, 1, 5, 4, 2].map((timeMs) => ({ timeMs })) };
  const times = (count) => newestOf(trace, count).fixes.map((fix) => fix.timeMs);
  assert.deepEqual(times(3), [3, 5, 4]);
  assert.deepEqual(times(Infinity), [3, 1, 5, 4, 2]);
});

for (const [name, text] of Object.entries({
  "another header": "id,lat\n",
  "an unknown kind of time": `${HEADER}\na,s,0,1,gps,1,2,,,\n`,
  "a kind of time that changes within a trace": `${HEADER}\na,s,0,1,utc,1,2,,,\na,s,1,2,relative,1,2,,,\n`,
  "a time that is no number": `${HEADER}\na,s,0,soon,utc,1,2,,,\n`,
  "an empty time": `${HEADER}\na,s,0,,utc,1,2,,,\n`,
})) {
  test(`refuses ${name}`, () => assert.throws(() => parseTraces(text, "f"), /^Error: f:/));
}

test("finds files by part or by pattern, packed or not", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traces-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "traces_a_1.csv.gz"), gzipSync(HEADER));
  writeFileSync(join(folder, "traces_a_2.csv"), HEADER);
  writeFileSync(join(folder, "traces_b.csv"), HEADER);
  writeFileSync(join(folder, "vendors_a.csv"), HEADER);
  const names = (wanted) => traceFiles(folder, wanted).map((path) => basename(path));
  assert.deepEqual(names(), ["traces_a_1.csv.gz", "traces_a_2.csv", "traces_b.csv"]);
  assert.deepEqual(names("a_1"), ["traces_a_1.csv.gz"]);
  assert.deepEqual(names("a_2, b"), ["traces_a_2.csv", "traces_b.csv"]);
  assert.deepEqual(names("traces_a*"), ["traces_a_1.csv.gz", "traces_a_2.csv"]);
  assert.deepEqual(names("a*"), []);
  assert.deepEqual(traceFiles(join(folder, "absent")), []);
  assert.deepEqual(traceFiles(folder).map(readTraceFile), [HEADER, HEADER, HEADER]);
});
