import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { test } from "node:test";
import { gate } from "./gate.mjs";

test("lets no more than so many pass at once, and all in the end, also after a failure", async () => {
  const pass = gate(2);
  let inside = 0;
  let most = 0;
  const work = async (fails) => {
    most = Math.max(most, ++inside);
    await turn();
    inside--;
    if (fails) {
      throw new Error("no");
    }
    return 1;
  };
  const ends = await Promise.allSettled([true, false, true, false, false].map((fails) => pass(() => work(fails))));
  assert.deepEqual(
    ends.map(({ status }) => status),
    ["rejected", "fulfilled", "rejected", "fulfilled", "fulfilled"],
  );
  assert.equal(most, 2);
  assert.equal(await pass(() => work(false)), 1);
});
