import assert from "node:assert/strict";
import test from "node:test";
import { arrivals, secondsOf } from "./arrivals.mjs";

test("requests at a constant rate are evenly spaced", () => {
  assert.deepEqual([...arrivals([{ seconds: 2, from: 2, to: 2 }])], [0, 500, 1000, 1500]);
});

test("a ramp from nothing has half the requests, and most of them late", () => {
  const due = [...arrivals([{ seconds: 10, from: 0, to: 20 }])];
  assert.equal(due.length, 100);
  assert.equal(due.filter((ms) => ms < 5_000).length, 25);
  assert.ok(due.every((ms, i) => i === 0 || ms >= due[i - 1]));
});

test("phases follow one another", () => {
  const phases = [
    { seconds: 5, from: 20, to: 20 },
    { seconds: 5, from: 150, to: 150 },
    { seconds: 5, from: 20, to: 0 },
  ];
  const due = [...arrivals(phases)];
  assert.equal(due.length, 100 + 750 + 50);
  assert.equal(due.filter((ms) => ms >= 5_000 && ms < 10_000).length, 750);
  assert.ok(due.at(-1) < 15_000);
  assert.equal(secondsOf(phases), 15);
});
