import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";

const FIGURES = {
  cpuMicros: { heardUnknown: 100, heardCached: 120, heardReplayed: 40, heartbeat: 10, written: 1_000, query: 100, delivered: 20 },
  redisMicros: { publish: 20, perSubscriber: 2 },
  changeBytes: 900,
  heartbeatBytes: 90,
};

function run(t, figures, ...options) {
  const folder = mkdtempSync(join(tmpdir(), "bus-growth-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "figures.json");
  writeFileSync(file, JSON.stringify(figures));
  return spawnSync(process.execPath, [join(import.meta.dirname, "busGrowth.mjs"), "--figures", file, ...options], { encoding: "utf8" });
}

test("the figures of a run make three tables from 1 to 64 instances", (t) => {
  const { status, stdout } = run(t, FIGURES, "--json", "--changes=250");
  assert.equal(status, 0);
  const [single, anywhere, routed] = JSON.parse(stdout);
  assert.deepEqual(single.rows.map(({ instances }) => instances), [1, 2, 4, 8, 16, 32, 64]);
  assert.equal(single.end.limit, "hearing");
  assert.ok(anywhere.end.instances < single.end.instances);
  assert.ok(routed.rows.at(-1).hearingCores < single.rows.at(-1).hearingCores / 10);
});

test("an option counts more than the file", (t) => {
  const end = (...options) => JSON.parse(run(t, FIGURES, "--json", ...options).stdout)[0].end.instances;
  assert.ok(end("--heard-unknown=400") < end());
});

test("a figure that nobody has given is asked for", (t) => {
  const { status, stderr } = run(t, { ...FIGURES, redisMicros: {} });
  assert.equal(status, 2);
  assert.match(stderr, /--publish is needed/);
});
