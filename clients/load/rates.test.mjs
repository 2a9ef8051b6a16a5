import assert from "node:assert/strict";
import test from "node:test";
import { nextRate } from "./rates.mjs";

/** Reports of rates; those that miss a threshold are negative. */
function reports(...rates) {
  return rates.map((rate) => ({ ratePerSecond: Math.abs(rate), verdicts: [{ what: "getVendor p95", met: rate > 0 }] }));
}

test("a rate that does not hold is halved", () => {
  assert.equal(nextRate(reports(-500)), 250);
  assert.equal(nextRate(reports(-500, -250)), 125);
});

test("the next rate lies between the highest that holds and the lowest above it that does not", () => {
  assert.equal(nextRate(reports(100, 200, -500)), 350);
  assert.equal(nextRate(reports(-100, 200, -500)), 350);
});

test("the search ends where rates are near, and where the highest rate holds", () => {
  assert.equal(nextRate(reports(-250, 235)), undefined);
  assert.equal(nextRate(reports(100, 500)), undefined);
});

test("the search ends when nothing holds", () => {
  assert.equal(nextRate(reports(-64, -32, -16, -8, -4, -2, -1)), undefined);
});
