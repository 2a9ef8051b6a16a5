import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "node:test";
import { limiter } from "./limiter.mjs";

test("lets no more run than it should, in order, also after failures", async () => {
  const limit = limiter(2);
  const begun = [];
  let running = 0;
  let most = 0;
  const work = (number) => async () => {
    begun.push(number);
    most = Math.max(most, ++running);
    await turn();
    running--;
    if (number === 2) {
      throw new Error("no");
    }
    return number;
  };
  const results = await Promise.allSettled([1, 2, 3, 4, 5].map((number) => limit(work(number))));
  assert.deepEqual(
    results.map(({ value }) => value),
    [1, undefined, 3, 4, 5],
  );
  assert.deepEqual(begun, [1, 2, 3, 4, 5]);
  assert.equal(most, 2);
});
