import assert from "node:assert/strict";
import { test } from "node:test";
import { startStub } from "../lib/fixtures/stubTowline.mjs";
import { graphQlClient } from "../lib/graphql.mjs";
import { limiter } from "../lib/limiter.mjs";
import { outcomeOf } from "./outcome.mjs";
import { Tally } from "./tally.mjs";
import { Vehicle } from "./vehicle.mjs";

/** A drive of so many fixes, ten metres and 20 ms apart: at the speed of the recording it takes as long. */
const traceOf = (count, id = "t") => ({
  id,
  file: "f",
  fixes: Array.from({ length: count }, (_, i) => ({ timeMs: 1e12 + i * 20, latitude: 30 + i * 1e-4, longitude: -97, speedMetersPerSecond: 5 })),
});

/** Drives vehicles against a stub with these faults, and gives what became of them. */
async function drive(t, faults, { traces = [traceOf(10)], renewCredentials, headers, stop = new AbortController(), ...more } = {}) {
  const stub = await startStub(faults);
  const client = graphQlClient({ url: stub.url, headers, renewCredentials });
  t.after(() => {
    client.close();
    return stub.stop();
  });
  const run = {
    client,
    limit: limiter(8),
    limitOpening: limiter(8),
    tally: new Tally(),
    signal: stop.signal,
    giveUpAfterMs: 10_000,
    speed: 1,
    loop: false,
    squeeze: false,
    faults: { drop: 0, shuffleWindow: 1 },
    batch: 500,
    complete: false,
    seed: 1,
    ...more,
  };
  const vehicles = traces.map((trace, index) => new Vehicle(trace, index, run));
  await Promise.all(vehicles.map((vehicle) => vehicle.drive()));
  const outcome = outcomeOf(run.tally, vehicles, { elapsedMs: 1_000, end: "finished" });
  const sum = Object.values(outcome.outcomes).reduce((a, b) => a + b, 0);
  const { planned, dropped, unsendable, lost, notSent } = outcome.fixes;
  assert.equal(sum + dropped + unsendable + lost + notSent, planned, "each fix is counted once");
  return { stub, outcome, vehicles, sessions: [...stub.sessions.values()] };
}

/** True for the first so many calls of a field. */
function first(count, field) {
  let calls = 0;
  return (called) => called === field && ++calls <= count;
}

test("opens a job, says where the vehicle is, and the steps of the job", async (t) => {
  const { stub, outcome, sessions, vehicles } = await drive(t, {}, { traces: [traceOf(10, "a"), traceOf(5, "b")] });
  assert.equal(outcome.ok, true, JSON.stringify(outcome));
  assert.deepEqual(outcome.outcomes, { STORED: 15, LIVE_ONLY: 0, DUPLICATE: 0, LATE: 0, REJECTED: 0 });
  assert.deepEqual(
    sessions.map(({ status }) => status),
    ["ARRIVED", "ARRIVED"],
  );
  const [vendor] = [...stub.vendors.values()].filter(({ name }) => name === "Driver a");
  assert.deepEqual(vendor.position, { latitude: 30, longitude: -97 });
  assert.equal(vehicles[0].etaSeconds, undefined);
  assert.equal(vehicles[0].state, "done");
});

test("fixes are recorded when they are sent, and completes the job if it should", async (t) => {
  const { sessions } = await drive(t, {}, { complete: true });
  const times = sessions[0].trail.map(({ recordedAt }) => Date.parse(recordedAt));
  assert.equal(times.at(-1) - times[0], 180);
  assert.ok(Math.abs(Date.now() - times.at(-1)) < 2_000);
  assert.equal(sessions[0].status, "COMPLETED");
});

test("a fast drive keeps the gaps of the recording and ends now, unless it is squeezed", async (t) => {
  const slow = { ...traceOf(5), fixes: traceOf(5).fixes.map((fix, i) => ({ ...fix, timeMs: i * 10_000 })) };
  const kept = await drive(t, {}, { traces: [slow], speed: 400 });
  const squeezed = await drive(t, {}, { traces: [slow], speed: 400, squeeze: true });
  const spans = [kept, squeezed].map(({ sessions: [{ trail }] }) => Date.parse(trail.at(-1).recordedAt) - Date.parse(trail[0].recordedAt));
  assert.deepEqual(spans, [40_000, 100]);
  for (const { sessions, outcome } of [kept, squeezed]) {
    assert.equal(outcome.outcomes.STORED, 5);
    assert.ok(Math.abs(Date.now() - Date.parse(sessions[0].trail.at(-1).recordedAt)) < 3_000);
  }
  assert.deepEqual(
    [kept, squeezed].map(({ sessions: [{ trail }] }) => trail[0].speedMetersPerSecond),
    [5, 2_000],
  );
});

test("drops, and counts what it drops", async (t) => {
  const { outcome } = await drive(t, {}, { traces: [traceOf(40)], faults: { drop: 0.25, shuffleWindow: 1 } });
  assert.equal(outcome.ok, true);
  assert.deepEqual([outcome.fixes.dropped, outcome.outcomes.STORED], [10, 30]);
});

test("fixes that overtake each other are sent one by one, and some are late", async (t) => {
  const { stub, outcome } = await drive(t, {}, { faults: { drop: 0, shuffleWindow: 5 } });
  assert.equal(outcome.ok, true);
  assert.ok(outcome.outcomes.LATE > 0 && outcome.outcomes.LATE + outcome.outcomes.STORED === 10);
  assert.ok(stub.calls.every(({ field }) => field !== "updateLocations"));
});

test("buffers while it is offline, and sends the batch in parts that the service takes", async (t) => {
  const offline = { forMs: 160, atMs: 30 };
  const { stub, outcome } = await drive(t, {}, { batch: 5, traces: [traceOf(12)], faults: { drop: 0, shuffleWindow: 1, offline } });
  assert.deepEqual([outcome.ok, outcome.outcomes.STORED], [true, 12]);
  const sizes = stub.calls.filter(({ field }) => field === "updateLocations").map(({ variables }) => variables.input.locations.length);
  assert.equal(sizes[0], 5);
  assert.ok(sizes.every((size) => size <= 5));
});

test("sends a call whose answer was lost again, as it was, and a duplicate is no failure", async (t) => {
  const { stub, outcome, sessions } = await drive(t, { lose: first(1, "updateLocation") });
  assert.equal(outcome.ok, true);
  assert.equal(outcome.outcomes.DUPLICATE, 1);
  assert.equal(outcome.calls.retries, 1);
  assert.equal(sessions[0].trail.length, 10);
  const [before, after] = stub.calls.filter(({ field }) => field === "updateLocation");
  assert.deepEqual(after.variables, before.variables);
});

test("sends nothing again that was acknowledged", async (t) => {
  const { stub } = await drive(t, { fail: (field) => first3(field) && "UNAVAILABLE" });
  const times = stub.calls.flatMap(({ field, variables: { input } }) =>
    field === "updateLocation" ? [input.location.recordedAt] : field === "updateLocations" ? input.locations.map((one) => one.recordedAt) : [],
  );
  // the first call failed three times; nothing else was sent twice
  assert.equal(times.length - new Set(times).size, 3);
});
const first3 = first(3, "updateLocation");

test("opens one job however often the answers are lost", async (t) => {
  const lost = ["registerVendor", "createIncident", "startTrackingSession"].map((field) => first(1, field));
  const { outcome, stub } = await drive(t, { fail: (field) => (lost[1](field) || lost[2](field) ? "TIMEOUT" : undefined), lose: lost[0] });
  assert.equal(outcome.ok, true);
  assert.deepEqual([stub.vendors.size, stub.sessions.size], [1, 1]);
  for (const field of ["createIncident", "startTrackingSession"]) {
    const tokens = stub.calls.filter((call) => call.field === field).map(({ variables }) => variables.input.clientToken);
    assert.equal(tokens.length, 2);
    assert.ok(tokens[0]);
    assert.equal(tokens[1], tokens[0]);
  }
});

test("waits as long as the service asks for", async (t) => {
  const begunMs = performance.now();
  const { outcome } = await drive(t, { fail: (field) => (busy(field) ? "RATE_LIMITED" : undefined), retryAfterSeconds: 0.3 });
  assert.ok(performance.now() - begunMs >= 300);
  assert.deepEqual([outcome.ok, outcome.calls.failedAttemptsByCode], [true, { RATE_LIMITED: 1 }]);
});
const busy = first(1, "updateLocation");

test("takes a new token where the old one has expired", async (t) => {
  let token = "old";
  const headers = () => ({ Authorization: `Bearer ${token}` });
  let calls = 0;
  const fail = (field, _, sent) =>
    field.startsWith("updateLocation") && ++calls > 3 && sent.authorization === "Bearer old" ? "UNAUTHENTICATED" : undefined;
  const renewCredentials = () => {
    token = "new";
    return true;
  };
  const { outcome } = await drive(t, { fail }, { headers, renewCredentials });
  assert.deepEqual([outcome.ok, outcome.outcomes.STORED + outcome.outcomes.DUPLICATE], [true, 10]);
});

test("what is given up is lost, and the drive goes on", async (t) => {
  const { outcome } = await drive(t, { fail: (field) => (away(field) ? "UNAVAILABLE" : undefined) }, { giveUpAfterMs: 0 });
  assert.equal(outcome.ok, false);
  assert.deepEqual([outcome.fixes.lost, outcome.outcomes.STORED], [1, 9]);
  assert.match(outcome.drives[0].failure, /^UNAVAILABLE/);
});
const away = first(1, "updateLocation");

test("ends where nothing can help, and counts what it did not send", async (t) => {
  let calls = 0;
  const fail = (field) => (field.startsWith("updateLocation") && ++calls === 2 ? "FORBIDDEN" : undefined);
  const { outcome, vehicles } = await drive(t, { fail });
  const { lost, notSent } = outcome.fixes;
  assert.deepEqual([outcome.ok, outcome.outcomes.STORED], [false, 1]);
  assert.ok(lost >= 1 && notSent >= 1 && lost + notSent === 9, JSON.stringify(outcome.fixes));
  assert.equal(vehicles[0].etaSeconds, 60);
  assert.equal(outcome.drives[0].state, "failed");
});

test("rejected fixes are refused, with their reasons", async (t) => {
  const trace = traceOf(4);
  trace.fixes[1].latitude = 0;
  const { outcome } = await drive(t, {}, { traces: [trace] });
  assert.deepEqual([outcome.ok, outcome.rejectedByReason], [false, { "no such place": 1 }]);
});

test("a fix without a position is not sent, and counted", async (t) => {
  const trace = traceOf(4);
  trace.fixes[2].latitude = NaN;
  const { outcome } = await drive(t, {}, { traces: [trace] });
  assert.deepEqual([outcome.ok, outcome.fixes.unsendable, outcome.outcomes.STORED], [false, 1, 3]);
});

test("a missing outcome is a lost fix", async (t) => {
  const offline = { forMs: 500, atMs: 0 };
  const tamper = (field, data) => (field === "updateLocations" ? data.slice(1) : data);
  const { outcome } = await drive(t, { tamper }, { faults: { drop: 0, shuffleWindow: 1, offline } });
  assert.deepEqual([outcome.ok, outcome.fixes.lost], [false, 1]);
});

test("stops when it is told to, also in an endless drive, and completes its job", async (t) => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 250);
  const { outcome, sessions } = await drive(t, {}, { stop, loop: true, squeeze: true, complete: true, traces: [traceOf(4)] });
  assert.equal(outcome.ok, true);
  assert.ok(outcome.outcomes.STORED > 4);
  assert.equal(sessions[0].status, "COMPLETED");
  assert.equal(outcome.drives[0].state, "stopped");
});

test("opens no job any more when it is stopped before, and that is no failure", async (t) => {
  const stop = new AbortController();
  stop.abort();
  const { outcome, stub } = await drive(t, {}, { stop });
  assert.deepEqual([outcome.ok, outcome.drives[0].state, stub.calls.length], [true, "stopped", 0]);
});

test("no more calls run at a time than should", async (t) => {
  let running = 0;
  let most = 0;
  const client = {
    execute: async (document) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      const location = { outcome: "STORED", session: { status: "EN_ROUTE" } };
      return {
        createIncident: { id: "1" },
        startTrackingSession: { id: "1" },
        updateSessionStatus: { status: "EN_ROUTE" },
        updateLocation: location,
        updateLocations: [...document.matchAll(/x/g)],
      };
    },
  };
  const traces = Array.from({ length: 30 }, (_, i) => traceOf(1, `v${i}`));
  await drive(t, {}, { traces, client, limit: limiter(4) });
  assert.equal(most, 4);
});
