import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "./random.mjs";

const numbers = (seed) => {
  const random = seededRandom(seed);
  return Array.from({ length: 1_000 }, () => random.next());
};

test("the same seed gives the same numbers, another seed others", () => {
  assert.deepEqual(numbers(7), numbers(7));
  assert.notDeepEqual(numbers(7), numbers(8));
});

test("numbers fill [0, 1) and integers reach both ends", () => {
  const mean = numbers(1).reduce((a, b) => a + b) / 1_000;
  assert.ok(numbers(1).every((number) => number >= 0 && number < 1));
  assert.ok(Math.abs(mean - 0.5) < 0.05, `mean ${mean}`);
  const random = seededRandom(1);
  const rolled = new Set(Array.from({ length: 200 }, () => random.integer(1, 6)));
  assert.deepEqual([...rolled].sort(), [1, 2, 3, 4, 5, 6]);
});
