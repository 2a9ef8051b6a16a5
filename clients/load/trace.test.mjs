import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../lib/random.mjs";
import { traceOf, zipf } from "./trace.mjs";

const SIZES = { operations: 20_000, instances: 2, sessions: 1_000, active: 200, vendors: 200, areas: 50 };
const trace = traceOf(seededRandom(7), SIZES);
const share = (some) => trace.filter(some).length / trace.length;
const near = (actual, expected) => assert.ok(Math.abs(actual - expected) < 0.02, `${actual}, not about ${expected}`);

test("mixes as the contract of the run says", () => {
  near(share(({ kind }) => kind === "move"), 0.05);
  near(share(({ kind }) => kind === "tracking"), 0.95 * 0.7);
  near(share(({ kind }) => kind === "profile"), 0.95 * 0.15);
  near(share(({ kind }) => kind === "search"), 0.95 * 0.15);
  near(share(({ instance }) => instance === 0), 0.5);
});

test("moves only what can move", () => {
  assert.ok(trace.every(({ kind, key }) => kind !== "move" || key < SIZES.active));
});

test("is the same for the same seed", () => {
  assert.deepEqual(traceOf(seededRandom(7), SIZES), trace);
});

test("lets clients that remember what they have seen take turns between instances", () => {
  const asked = trace.filter(({ client }) => client === 3).map(({ instance }) => instance);
  assert.ok(asked.length > 50);
  assert.ok(asked.every((instance, i) => i === 0 || instance !== asked[i - 1]));
});

test("the most popular comes 2^1.2 times as often as the second", () => {
  const draw = zipf(seededRandom(1), 100);
  const counts = new Array(100).fill(0);
  for (let i = 0; i < 100_000; i++) {
    counts[draw()]++;
  }
  const [first, second] = counts.toSorted((a, b) => b - a);
  near(first / second / 2 ** 1.2, 1);
});
