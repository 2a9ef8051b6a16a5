import assert from "node:assert/strict";
import { test } from "node:test";
import { lineOf, screenOf } from "./screen.mjs";
import { Tally } from "./tally.mjs";

function view(vehicles) {
  let nowMs = 0;
  const tally = new Tally(() => nowMs);
  nowMs = 10_000;
  tally.answered([{ outcome: "STORED" }, { outcome: "STORED" }, { outcome: "REJECTED", reason: "too far" }]);
  tally.failed("UNAVAILABLE");
  Object.assign(tally.counts, { calls: 2, retries: 1, dropped: 3 });
  [10, 20, 30, 400].forEach((ms) => tally.took(ms));
  const more = Array.from({ length: vehicles - 1 }, (_, i) => ({ name: `bus-${i}`, state: i % 2 ? "offline" : "driving", acknowledged: 0, waiting: 0 }));
  const first = {
    name: "truck\x1b[31m",
    state: "driving",
    status: "EN_ROUTE",
    lastOutcome: "STORED",
    acknowledged: 2,
    waiting: 4,
    lastLocation: { speedMetersPerSecond: 12.34 },
    etaSeconds: 95,
  };
  return { title: "1 vehicle", elapsedMs: 65_000, tally, vehicles: [first, ...more] };
}

test("shows outcomes, rates, the first vehicles, and what went wrong", () => {
  assert.deepEqual(screenOf(view(1), { columns: 110, rows: 30 }), [
    "1 vehicle   1:05",
    "",
    "STORED 2  LIVE_ONLY 0  DUPLICATE 0  LATE 0  REJECTED 1  dropped 3",
    "0.6 fixes/s  waiting 4  answers p50 20 ms, p95 400 ms  calls 2, retries 1, failed 0",
    "",
    "vehicle       state   session  last fix  sent  waiting   m/s  arrives in",
    "----------  -------  --------  --------  ----  -------  ----  ----------",
    "truck [31m  driving  EN_ROUTE    STORED     2        4  12.3        1:35",
    "REJECTED 1: too far",
    "failed attempts 1: UNAVAILABLE",
  ]);
});

test("fits the terminal, and sums up the vehicles that it hides", () => {
  const lines = screenOf(view(300), { columns: 50, rows: 24 });
  assert.ok(lines.length < 24);
  assert.ok(lines.every((line) => line.length <= 50));
  assert.ok(lines.includes("… and 290 more: 145 offline, 145 driving"), lines.join("\n"));
});

test("is one line elsewhere", () => {
  assert.match(lineOf(view(2)), /^1:05  STORED 2  .*  0\.6 fixes\/s  waiting 4  answers p50 20 ms, p95 400 ms  calls 2, retries 1, failed 0  2 driving$/);
});

test("says nothing where nothing is known yet", () => {
  const tally = new Tally();
  assert.match(lineOf({ elapsedMs: 0, tally, vehicles: [] }), /^0:00  STORED 0 .* 0\.0 fixes\/s .* p50 – ms, p95 – ms/);
});
