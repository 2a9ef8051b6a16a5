import assert from "node:assert/strict";
import { test } from "node:test";
import { placeOf } from "./nearbyVendors.mjs";

test("reads names with commas and quotes", () => {
  assert.deepEqual(placeOf('x-1,"A, ""B"" & C",51.5,-0.1,mot_garage'), {
    name: 'A, "B" & C',
    position: { latitude: 51.5, longitude: -0.1 },
  });
});

test("gives places without a name one", () => {
  assert.equal(placeOf("x-1,,51.5,-0.1,fuel").name, "Unnamed");
});
