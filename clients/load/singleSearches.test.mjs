import assert from "node:assert/strict";
import { test } from "node:test";
import { measureSingleSearches } from "./singleSearches.mjs";

/** Answers in turn from these tiers. */
function clientOf(...tiers) {
  const asked = [];
  const send = async (_, variables) => {
    asked.push(variables);
    return { extensions: { cache: { "/searchVendorsNearby": { tier: tiers[asked.length - 1] } } } };
  };
  return { asked, send };
}

test("asks for each area twice", async () => {
  const client = clientOf("store", "l1", "store", "l1");
  const { asked, found, p50Ms } = await measureSingleSearches(client, ["a", "b"]);
  assert.deepEqual(client.asked, ["a", "a", "b", "b"]);
  assert.deepEqual([asked, found], [2, { store: 2, l1: 2 }]);
  assert.ok(Object.values(p50Ms).every((ms) => ms >= 0));
});

test("counts only what comes from where it is to come from", async () => {
  const { found } = await measureSingleSearches(clientOf("l1", "l1"), ["a"]);
  assert.deepEqual(found, { store: 0, l1: 1 });
});
