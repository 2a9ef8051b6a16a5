import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldReports, mixedReport, mixedText } from "./mixedReport.mjs";

const field = "getVendor";
const asked = (atMs) => ({ atMs, field, key: 1, instance: 0, isCounted: true });
const log = {
  happenings: [asked(0), asked(1), asked(2), asked(3)],
  results: { getVendor: { hit: 1, stale: 1, joined: 1, miss: 1 } },
  reasons: { "getVendor absent": 2 },
  latenciesMs: { profile: [1, 2, 3, 4] },
};
const run = {
  log,
  loop: { errors: {} },
  seconds: 2,
  found: { answers: 9, withSeen: 3, ownWrites: 0, seen: 0, examples: [] },
  metered: { answers: { hit: 3, absent: 1 }, bytesPerAnswer: 1_234, reads: { BatchGetItem: 2, GetItem: 1 }, cpuMs: 8, propagationP99Ms: 3, missedMessages: 0 },
  propagationMs: [1, 49],
  singleSearches: { asked: 4, found: { store: 4, l1: 3 }, p50Ms: { store: 8, l1: 2 } },
  isRenewing: false,
  settings: {},
};

test("who waited for another's load has missed", () => {
  const [report] = fieldReports(log, { isRenewing: false });
  assert.deepEqual(
    [report.queries, report.hitRate, report.idealHitRate, report.ofIdeal],
    [4, 0.5, 0.75, 0.5 / 0.75],
  );
});

test("tells what was missed", () => {
  const report = mixedReport(run);
  assert.deepEqual(report.missed, [
    "getVendor: 66.7 % of the ideal hit rate, not 98.0 %",
    "getVendor: hit rate 50.0 %, not 80.0 %",
  ]);
  assert.deepEqual([report.readsPer1000Queries, report.readsOfQueriesPer1000Queries], [750, 500]);
  assert.match(mixedText(report), /MISSED: getVendor/);
  assert.match(mixedText(report), /whole answers: 75\.0 % of lookups found one \(.*\), about 1234 bytes each/);
  assert.match(mixedText(report), /store 8\.00 ms \(4 of 4\), l1 2\.00 ms \(3 of 4\); l1 to store 0\.25/);
});

test("one answer that is too old, one operation that failed or one late message is too many", () => {
  const missed = (change) => mixedReport({ ...run, ...change }).missed.length;
  const before = missed({});
  assert.equal(missed({ found: { ...run.found, ownWrites: 1 } }), before + 1);
  assert.equal(missed({ found: { ...run.found, seen: 1 } }), before + 1);
  assert.equal(missed({ loop: { errors: { "TIMEOUT: no": 1 } } }), before + 1);
  assert.equal(missed({ propagationMs: [1, 51] }), before + 1);
});
