import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../lib/fixtures/run.mjs";
import { startStub } from "../lib/fixtures/stubTowline.mjs";
import { movement } from "./operations.mjs";

const SCRIPT = join(import.meta.dirname, "load.mjs");
const SHORT = ["--json", "--rate", "100", "--seconds", "0.3", "--warmup", "0.1", "--vendors", "12", "--sessions", "5"];

async function load(t, faults, ...args) {
  const stub = await startStub(faults);
  t.after(stub.stop);
  const { code, stdout, stderr } = await run(SCRIPT, ["--url", stub.url, ...SHORT, ...args]);
  return { code, stderr, stub, summary: stdout && JSON.parse(stdout) };
}

test("measures the four operations beside the peer", async (t) => {
  const { code, stderr, stub, summary } = await load(t, {}, "--limits", "createIncident=5000");
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    summary.operations.map((report) => [report.operation, report.sent, report.ok, report.peer.ok]),
    ["createIncident", "getVendor", "updateLocation", "searchVendorsNearby"].map((name) => [name, 30, 30, 30]),
  );
  assert.ok(summary.operations.every((report) => report.ratioToPeer.p95 > 0));
  assert.equal(stub.vendors.size, 12);
  assert.equal(stub.sessions.size, 5);
  assert.ok([...stub.sessions.values()].every((session) => session.status === "COMPLETED"));
  assert.equal(new Set(stub.calls.map((call) => call.headers["x-towline-local-tenant"])).size, 1);
  assert.match(stub.calls[0].headers["x-towline-local-tenant"], /^load-/);
});

test("a missed limit fails", async (t) => {
  const { code, summary } = await load(t, {}, "--operations", "getVendor", "--limits", "getVendor=0.0001");
  assert.equal(code, 1);
  assert.equal(summary.operations[0].met, false);
});

test("an error fails, however fast", async (t) => {
  let calls = 0;
  const fail = (field) => (field === "getVendor" && ++calls === 25 ? "INTERNAL" : undefined);
  const { code, summary } = await load(t, { fail }, "--operations", "getVendor", "--limits", "", "--warmup", "0");
  assert.equal(code, 1);
  assert.deepEqual(summary.operations[0].errors, { "INTERNAL: on purpose": 1 });
});

test("an answer that is not what was asked for is an error", async (t) => {
  const tamper = (field, data) => (field === "updateLocation" ? { outcome: "REJECTED", reason: "why not" } : data);
  const { code, summary } = await load(t, { tamper }, "--operations", "updateLocation");
  assert.equal(code, 1);
  assert.equal(summary.operations[0].ok, 0);
});

test("refuses unknown operations and limits, and says when the service is not there", async () => {
  assert.equal((await run(SCRIPT, ["--operations", "dropTables"])).code, 2);
  assert.equal((await run(SCRIPT, ["--limits", "getVendor"])).code, 2);
  const { code, stderr } = await run(SCRIPT, ["--url", "http://127.0.0.1:1/graphql"]);
  assert.equal(code, 2);
  assert.match(stderr, /ECONNREFUSED/);
});

test("a vehicle moves as fast as it says", () => {
  const center = { latitude: 30, longitude: -97 };
  const [a, b] = [movement(center, 1_800_000_000_000), movement(center, 1_800_000_001_000)];
  const north = (b.latitude - a.latitude) * 111_195;
  const east = (b.longitude - a.longitude) * 111_195 * Math.cos(Math.PI / 6);
  const heading = (Math.atan2(east, north) * 180) / Math.PI;
  assert.ok(Math.abs(Math.hypot(north, east) - a.speedMetersPerSecond) < 0.1);
  assert.ok(Math.abs(((heading - a.headingDegrees + 540) % 360) - 180) < 2);
});
