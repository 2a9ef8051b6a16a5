import assert from "node:assert/strict";
import { test } from "node:test";
import { compareOutcomes, wrongCurrentLocation } from "./checks.mjs";

const at = (second, latitude = 30) => ({
  latitude,
  longitude: -97,
  recordedAt: new Date(second * 1_000).toISOString(),
});
const results = (text) => text.split(" ").map((outcome) => ({ outcome, reason: "told" }));

test("counts outcomes and finds nothing wrong", () => {
  const { outcomes, missing, mismatches } = compareOutcomes(
    [at(2), at(1), at(2), at(3, 91)],
    results("STORED LATE DUPLICATE REJECTED"),
  );
  assert.deepEqual(outcomes, { STORED: 1, LIVE_ONLY: 0, DUPLICATE: 1, LATE: 1, REJECTED: 1 });
  assert.deepEqual([missing, mismatches], [0, []]);
});

test("names a mismatch and a rejection without a reason", () => {
  const { mismatches } = compareOutcomes(
    [at(2), at(1), at(3, 91)],
    [...results("STORED STORED"), { outcome: "REJECTED", reason: null }],
  );
  assert.equal(mismatches.length, 2);
  assert.match(mismatches[0], /fix 1 .*STORED instead of LATE or REJECTED/);
  assert.match(mismatches[1], /without a reason/);
});

test("counts what got no outcome, or none that exists", () => {
  assert.equal(compareOutcomes([at(1), at(2), at(3)], [{ outcome: "STORED" }, { outcome: "EATEN" }]).missing, 2);
});

test("the current location is the newest stored one, not the last sent", () => {
  const sent = [at(1), at(3), at(2)];
  const answered = results("STORED STORED LATE");
  assert.equal(wrongCurrentLocation(sent, answered, at(3)), undefined);
  assert.match(wrongCurrentLocation(sent, answered, at(2)), /instead of/);
  assert.match(wrongCurrentLocation(sent, answered, at(3, 30.001)), /instead of/);
  assert.match(wrongCurrentLocation(sent, answered, null), /is none/);
});

test("without a stored one there is none", () => {
  assert.equal(wrongCurrentLocation([at(1, 91)], results("REJECTED"), null), undefined);
  assert.match(wrongCurrentLocation([at(1, 91)], results("REJECTED"), at(1)), /instead of none/);
});
