import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { UsageError } from "../lib/options.mjs";
import { settingsOf } from "./settings.mjs";

test("a kind has a rate, a length, watchers and thresholds of its own", () => {
  const { rates, seconds, watchers, thresholds, isSeries } = settingsOf(["spike"]);
  assert.deepEqual([rates, seconds, watchers, isSeries], [[150], 90, 20, false]);
  assert.equal(thresholds.operations.getVendor.p95, 100);
  assert.equal(settingsOf(["smoke"]).thresholds.operations, undefined);
});

test("several rates are a series", () => {
  assert.deepEqual(settingsOf(["mixed", "--rates=100,200"]).rates, [100, 200]);
  assert.equal(settingsOf(["mixed", "--find-rate"]).isSeries, true);
  assert.throws(() => settingsOf(["mixed", "--rates=100,no"]), UsageError);
});

test("incidents take no watchers besides their own", () => {
  assert.equal(settingsOf(["incidents"]).watchers, 0);
  assert.throws(() => settingsOf(["incidents", "--watchers=5"]), /opens a watcher for each incident/);
});

test("a stored run that does not fit is refused before the run", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "stored-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "report.json");
  const store = (more) =>
    writeFileSync(file, JSON.stringify({ kind: "ramp", ratePerSecond: 200, seconds: 120, watchers: 50, peer: { slices: [] }, ...more }));
  store({});
  assert.equal(settingsOf(["ramp", `--compare=${file}`]).stored.kind, "ramp");
  for (const argv of [["mixed"], ["ramp", "--rate=100"], ["ramp", "--seconds=60"], ["ramp", "--watchers=1"]]) {
    assert.throws(() => settingsOf([...argv, `--compare=${file}`]), { constructor: UsageError, message: /The runs differ in/ });
  }
  assert.throws(() => settingsOf(["ramp", "--find-rate", `--compare=${file}`]), /--compare needs one rate/);
  assert.throws(() => settingsOf(["ramp", `--compare=${file}.gone`]), /cannot be read/);
});
