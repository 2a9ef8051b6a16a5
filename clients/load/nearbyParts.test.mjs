import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../lib/random.mjs";
import { nearbyParts } from "./nearbyParts.mjs";

test("computed searches are all different, remembered ones all the same", () => {
  for (const part of nearbyParts(seededRandom(1), 50)) {
    const asked = new Set(Array.from({ length: 50 }, (_, i) => JSON.stringify(part.variables(i))));
    assert.equal(asked.size, part.isCached ? 1 : 50, part.name);
  }
});

test("has each place with each radius, computed in three ways, and remembered", () => {
  const parts = nearbyParts(seededRandom(1), 1);
  assert.equal(parts.length, 36);
  assert.equal(parts.filter(({ variables }) => variables(0).filter !== undefined).length, 9);
  assert.equal(parts.filter(({ isCounted }) => !isCounted).length, 9);
  assert.equal(parts.filter(({ isCached }) => isCached).length, 9);
});
