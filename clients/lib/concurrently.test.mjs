import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "node:test";
import { concurrently } from "./concurrently.mjs";

test("keeps the order of results and never exceeds the limit", async () => {
  let running = 0;
  let most = 0;
  const doubled = await concurrently([1, 2, 3, 4, 5], 2, async (number) => {
    most = Math.max(most, ++running);
    await turn();
    running--;
    return number * 2;
  });
  assert.deepEqual(doubled, [2, 4, 6, 8, 10]);
  assert.equal(most, 2);
});

test("begins nothing after a failure", async () => {
  const begun = [];
  const work = async (number) => {
    begun.push(number);
    await turn();
    throw new Error("no");
  };
  await assert.rejects(concurrently([1, 2, 3, 4], 2, work), /no/);
  await turn();
  assert.deepEqual(begun, [1, 2]);
});
