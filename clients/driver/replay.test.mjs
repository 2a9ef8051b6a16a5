import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../lib/fixtures/run.mjs";
import { startStub } from "../lib/fixtures/stubTowline.mjs";

const SCRIPT = join(import.meta.dirname, "replay.mjs");

/** Replays the generated traces against a stub with these faults. */
async function replay(t, faults, ...args) {
  const stub = await startStub(faults);
  t.after(stub.stop);
  const { code, stdout, stderr } = await run(SCRIPT, ["--url", stub.url, "--json", ...args]);
  return { code, stderr, stub, summary: stdout && JSON.parse(stdout) };
}

const brokenAt = (field, damage) => ({ tamper: (called, data) => (called === field ? damage(data) : data) });

test("replays generated traces, says so, and every fix gets the expected outcome", async (t) => {
  const { code, stderr, stub, summary } = await replay(t, {}, "--verify", "--tenant", "north", "--batch", "8");
  assert.equal(code, 0, stderr);
  assert.match(stderr, /traces: generated/);
  assert.equal(summary.traces, "generated");
  assert.equal(summary.totals.fixes, summary.totals.sent + summary.totals.leftOut);
  assert.ok(summary.totals.leftOut > 0);
  for (const outcome of ["STORED", "LATE", "DUPLICATE", "REJECTED"]) {
    assert.ok(summary.totals.outcomes[outcome] > 0, outcome);
  }
  assert.equal(stub.sessions.size, summary.totals.traces);
  assert.ok([...stub.sessions.values()].every((session) => session.status === "COMPLETED"));
  assert.ok(stub.calls.every((call) => call.headers["x-towline-local-tenant"] === "north"));
  assert.ok(
    stub.calls.every((call) => !call.variables.input?.locations || call.variables.input.locations.length <= 8),
  );
});

test("by recorded time nothing is late, and sessions can stay open", async (t) => {
  const { code, stub, summary } = await replay(t, {}, "--order", "recorded", "--leave-open", "--batch", "7");
  assert.equal(code, 0);
  assert.equal(summary.totals.outcomes.LATE, 0);
  assert.ok([...stub.sessions.values()].every((session) => session.status === "ASSIGNED"));
});

test("replays a part only, if asked to", async (t) => {
  const { code, summary } = await replay(t, {}, "--trace", "bus", "--newest", "5", "--max-traces", "3", "--verify");
  assert.equal(code, 0);
  assert.deepEqual(
    summary.traceReports.map((report) => report.trace),
    ["generated-bus-00", "generated-bus-01", "generated-bus-02"],
  );
  assert.equal(summary.totals.fixes, 15);
});

test("makes a vendor available that is not", async (t) => {
  const { stub } = await replay(
    t,
    brokenAt("registerVendor", (data) => ({ ...data, availability: "OFFLINE" })),
    "--max-traces",
    "1",
  );
  assert.ok(stub.calls.some((call) => call.field === "setVendorAvailability"));
});

test("a mismatch is reported, and fails only with --verify", async (t) => {
  const faults = brokenAt("updateLocations", (results) =>
    results.map((result) => (result.outcome === "LATE" ? { ...result, outcome: "DUPLICATE" } : result)),
  );
  const lenient = await replay(t, faults, "--batch", "8");
  assert.equal(lenient.code, 0);
  assert.ok(lenient.summary.totals.mismatches > 0);
  const strict = await replay(t, faults, "--batch", "8", "--verify");
  assert.equal(strict.code, 1);
});

test("a missing outcome fails", async (t) => {
  const { code, summary } = await replay(
    t,
    brokenAt("updateLocations", (results) => results.slice(1)),
    "--max-traces",
    "1",
  );
  assert.equal(code, 1);
  assert.ok(summary.totals.missing > 0);
});

test("an outcome too many fails", async (t) => {
  const { code } = await replay(
    t,
    brokenAt("updateLocations", (results) => [...results, results[0]]),
    "--max-traces",
    "1",
  );
  assert.equal(code, 1);
});

test("a current location that is not the newest stored fix fails", async (t) => {
  const faults = brokenAt("getTrackingSession", (session) => ({ ...session, currentLocation: session.trail[0] }));
  const { code, summary } = await replay(t, faults, "--max-traces", "1");
  assert.equal(code, 1);
  assert.match(summary.traceReports[0].failures[0], /current location is/);
});

test("a failed call fails its trace, not the others", async (t) => {
  let calls = 0;
  const { code, summary } = await replay(t, {
    fail: (field) => (field === "updateLocations" && ++calls === 1 ? "OVERLOADED" : undefined),
  });
  const failed = summary.traceReports.filter((report) => report.failures.length > 0);
  assert.equal(code, 1);
  assert.equal(failed.length, 1);
  assert.match(failed[0].failures[0], /OVERLOADED/);
  assert.ok(failed[0].missing > 0);
});

test("refuses options that make no sense", async () => {
  assert.equal((await run(SCRIPT, ["--order", "random"])).code, 2);
  assert.equal((await run(SCRIPT, ["--traces", "/nonexistent"])).code, 2);
});

test("prints a table", async (t) => {
  const stub = await startStub();
  t.after(stub.stop);
  const { stdout } = await run(SCRIPT, ["--url", stub.url, "--max-traces", "2", "--per-trace"]);
  assert.match(stdout, /generated-bus-01 /);
  assert.match(stdout, /traces: generated \(no recorded traces were used\)\nOK/);
});
