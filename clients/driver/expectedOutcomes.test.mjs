import assert from "node:assert/strict";
import { test } from "node:test";
import { expectedOutcomes } from "./expectedOutcomes.mjs";

const at = (second, latitude = 30, longitude = -97) => ({
  latitude,
  longitude,
  recordedAt: new Date(second * 1_000).toISOString(),
});

const cases = {
  "newer and newer": [[at(1), at(2), at(3)], "STORED STORED STORED"],
  "newest first": [[at(3), at(2), at(1)], "STORED LATE LATE"],
  "a late one between": [[at(1), at(3), at(2), at(4)], "STORED STORED LATE STORED"],
  "the current one again": [[at(1), at(1)], "STORED DUPLICATE"],
  "an earlier stored one again": [[at(1), at(2), at(1)], "STORED STORED DUPLICATE"],
  "a late one again": [[at(3), at(2), at(2)], "STORED LATE DUPLICATE"],
  "the same time at another place": [[at(1), at(1, 31)], "STORED DUPLICATE"],
  "impossible latitudes": [[at(1, 90.01), at(2, -90.01), at(3, 90), at(4, -90)], "REJECTED REJECTED STORED STORED"],
  "impossible longitudes": [[at(1, 0, 180.01), at(2, 0, -180.01), at(3, 0, 180)], "REJECTED REJECTED STORED"],
  "a rejected one leaves its time free": [[at(2, 91), at(2), at(1)], "REJECTED STORED LATE"],
  "impossible counts before late": [[at(2), at(1, 91)], "STORED REJECTED"],
  "0/0 is a possible place": [[at(1, 0, 0)], "STORED"],
  nothing: [[], ""],
};

for (const [name, [locations, outcomes]] of Object.entries(cases)) {
  test(name, () => assert.equal(expectedOutcomes(locations).join(" "), outcomes));
}
