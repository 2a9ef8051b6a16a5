import assert from "node:assert/strict";
import { test } from "node:test";
import { allowedOutcomes } from "./allowedOutcomes.mjs";

const at = (second, latitude = 30, longitude = -97) => ({
  latitude,
  longitude,
  recordedAt: new Date(second * 1_000).toISOString(),
});

const NEWER = "STORED LIVE_ONLY REJECTED";
const OLDER = "LATE REJECTED";

/** What is allowed for the last fix after these outcomes. */
const cases = {
  "the first": [[at(1)], "", NEWER],
  "a newer one": [[at(1), at(2)], "STORED", NEWER],
  "an older one": [[at(3), at(2)], "STORED", OLDER],
  "an older one than a live one": [[at(1), at(3), at(2)], "STORED LIVE_ONLY", OLDER],
  "one after a rejected one": [[at(1), at(3, 40), at(2)], "STORED REJECTED", NEWER],
  "the current one again": [[at(1), at(1)], "STORED", "DUPLICATE"],
  "a live one again": [[at(1), at(2), at(3), at(2)], "STORED LIVE_ONLY STORED", "DUPLICATE"],
  "a late one again": [[at(3), at(2), at(2)], "STORED LATE", "DUPLICATE"],
  "the same time at another place": [[at(1), at(1, 31)], "STORED", "DUPLICATE"],
  "a rejected one again": [[at(1), at(2, 40), at(3, 40), at(2, 40)], "STORED REJECTED STORED", `${OLDER} DUPLICATE`],
  "an impossible latitude": [[at(1, 90.01)], "", "REJECTED"],
  "an impossible longitude": [[at(1, 0, -180.01)], "", "REJECTED"],
  "a latitude of 0": [[at(1, 0)], "", "REJECTED"],
  "an impossible and late one": [[at(2), at(1, 91)], "STORED", "REJECTED"],
};

for (const [name, [locations, before, allowed]] of Object.entries(cases)) {
  test(name, () => {
    const results = before.split(" ").map((outcome) => ({ outcome }));
    assert.equal(allowedOutcomes(locations, results).at(-1).join(" "), allowed);
  });
}

test("a call takes its fixes in the order of their times", () => {
  const locations = [at(5), at(3), at(3), at(4), at(2)];
  const results = ["STORED", "STORED", "DUPLICATE", "STORED", "LATE"].map((outcome) => ({ outcome }));
  const texts = (batch) => allowedOutcomes(locations, results, batch).map((allowed) => allowed.join(" "));
  assert.deepEqual(texts(4), [NEWER, NEWER, "DUPLICATE", NEWER, OLDER]);
  assert.deepEqual(texts(1), [NEWER, OLDER, "DUPLICATE", OLDER, OLDER]);
});

test("nothing is allowed for nothing", () => {
  assert.deepEqual(allowedOutcomes([], []), []);
});
