import assert from "node:assert/strict";
import { test } from "node:test";
import { measureSharedPages } from "./sharedPages.mjs";

/** Answers in turn from these tiers. */
function clientOf(...tiers) {
  const asked = [];
  const send = async (_, variables) => {
    asked.push(variables);
    return { extensions: { cache: { "/searchVendorsNearby": { tier: tiers[asked.length - 1] } } } };
  };
  return { asked, send };
}

test("asks one instance, then the other, then that once more", async () => {
  const one = clientOf("store", "store");
  const other = clientOf("l2", "l1", "l2", "l1");
  const { asked, found, p50Ms } = await measureSharedPages([one, other], ["a", "b"]);
  assert.deepEqual([one.asked, other.asked], [["a", "b"], ["a", "a", "b", "b"]]);
  assert.deepEqual([asked, found], [2, { store: 2, l2: 2, l1: 2 }]);
  assert.ok(Object.values(p50Ms).every((ms) => ms >= 0));
});

test("counts only what comes from where it is to come from", async () => {
  const { found } = await measureSharedPages([clientOf("l2"), clientOf("store", "l1")], ["a"]);
  assert.deepEqual(found, { store: 0, l2: 0, l1: 1 });
});
