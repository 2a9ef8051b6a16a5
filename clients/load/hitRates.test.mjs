import assert from "node:assert/strict";
import test from "node:test";
import { hitRatesOf } from "./hitRates.mjs";

const sample = (field, result, value) => ({ name: "towline_cache_requests_total", labels: { field, result, tier: "l1" }, value });

test("hits, stale and renewed answers count; lookups that did not ask the cache do not", () => {
  const samples = [
    sample("Query.getVendor", "hit", 100),
    sample("Query.getVendor", "stale", 30),
    sample("Query.getVendor", "renewed", 20),
    sample("Query.getVendor", "miss", 50),
    sample("Query.getVendor", "bypass", 1_000),
    { name: "towline_other_total", labels: { field: "Query.getVendor", result: "miss" }, value: 9 },
  ];
  assert.deepEqual(hitRatesOf(samples), { getVendor: 0.75 });
});

test("a field with few lookups is left out", () => {
  assert.deepEqual(hitRatesOf([sample("Query.getVendor", "hit", 199)]), {});
});
