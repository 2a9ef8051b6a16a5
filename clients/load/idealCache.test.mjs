import assert from "node:assert/strict";
import { test } from "node:test";
import { idealHits } from "./idealCache.mjs";

const asked = (atMs, more) => ({ atMs, field: "getTrackingSession", key: 1, instance: 0, isCounted: true, ...more });
const written = (atMs) => ({ atMs, field: "getTrackingSession", key: 1 });
const hits = (...happenings) => idealHits(happenings).getTrackingSession.hits;

test("hits until the time is over, and then loads anew", () => {
  assert.equal(hits(asked(0), asked(4_999)), 1);
  assert.equal(hits(asked(0), asked(5_000)), 0);
  assert.equal(hits(asked(0), asked(5_000), asked(9_999)), 1);
});

test("begins the time of what is there anew when it is written, and leaves what is not there", () => {
  assert.equal(hits(asked(0), written(4_000), asked(8_999)), 1);
  assert.equal(hits(asked(0), written(60_000), asked(60_001)), 1);
  assert.equal(hits(written(0), asked(1)), 0);
});

test("keeps instances and keys apart", () => {
  assert.equal(hits(asked(0), asked(1, { instance: 1 }), asked(2, { key: 2 })), 0);
});

test("shares vendors, whoever has read or written them", () => {
  const vendor = (...happenings) =>
    idealHits(happenings.map((each) => ({ ...each, field: "getVendor" }))).getVendor.hits;
  assert.equal(vendor(asked(0), asked(1, { instance: 1 })), 1);
  assert.equal(vendor(written(0), asked(1)), 1);
  assert.equal(vendor(asked(0), asked(1, { instance: 1 }), asked(300_000, { instance: 1 })), 1);
});

test("shares no searches", () => {
  const search = (...happenings) =>
    idealHits(happenings.map((each) => ({ ...each, field: "searchVendorsNearby" }))).searchVendorsNearby.hits;
  assert.equal(search(asked(0), asked(1, { instance: 1 }), asked(59_999), asked(60_000)), 1);
});

test("keeps what will never change again for an hour, as everything when it renews", () => {
  assert.equal(hits(asked(0, { isLast: true }), asked(3_599_999, { isLast: true })), 1);
  assert.equal(hits(asked(0, { isLast: true }), asked(3_600_000, { isLast: true })), 0);
  assert.equal(idealHits([asked(0), asked(60_000)], { isRenewing: true }).getTrackingSession.hits, 1);
});

test("counts only what counts, though the rest loads, too", () => {
  assert.deepEqual(idealHits([asked(1), asked(0, { isCounted: false })]), {
    getTrackingSession: { lookups: 1, hits: 1 },
  });
});

test("knows the times of the other fields", () => {
  const at = (field, atMs) => idealHits([asked(0, { field }), asked(atMs, { field })])[field].hits;
  assert.deepEqual([at("getVendor", 299_999), at("getVendor", 300_000)], [1, 0]);
  assert.deepEqual([at("searchVendorsNearby", 59_999), at("searchVendorsNearby", 60_000)], [1, 0]);
});
