import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { Recorder } from "./recorder.mjs";
import { htmlOf, markdownOf, writeReport } from "./writeReport.mjs";

function report(more = {}) {
  const [recorder, peer] = [new Recorder(10), new Recorder(10)];
  for (let i = 0; i < 100; i++) {
    recorder.add("getVendor", i * 100, 5 + i, i === 7 ? "TIMEOUT: a < b | c" : undefined);
    peer.add("peer", i * 100, 1);
  }
  return {
    kind: "mixed",
    url: "http://localhost:8080/graphql",
    startedAt: "2026-01-01T00:00:00.000Z",
    ratePerSecond: 10,
    seconds: 10,
    elapsedSeconds: 10,
    watchers: 3,
    seed: 1,
    operations: recorder.operations(),
    steps: {},
    peer: peer.operations().peer,
    series: recorder.series(),
    hitRates: { getVendor: 0.9 },
    cpuSeconds: { service: 2.5, redis: 0.1 },
    watched: { received: 20, missing: 4, holes: 0, declared: 1, broken: 0 },
    verdicts: [{ what: "getVendor p95", value: 100, limit: 90, unit: "ms", met: false }],
    ...more,
  };
}

test("the summary says first what was missed", () => {
  const text = markdownOf(report());
  assert.match(text, /^# Load run: mixed, 10 requests\/s, 10 s\n\nMISSED: getVendor p95\./);
  assert.match(text, /\| getVendor p95 \| 100\.0 \| 90 \| MISSED \|/);
  assert.match(text, /\| service \| 2\.5 \| 25 % \|/);
  assert.match(text, /\| getVendor \| TIMEOUT: a < b \\\| c \| 1 \|/);
});

test("what became worse and the highest rate are named", () => {
  const comparison = [{ what: "getVendor p99", unit: "ms", stored: 10, now: 20, ratio: 2, noise: 0.2, worse: true }];
  const rates = [{ ratePerSecond: 10, missed: [], cpuShares: { service: 0.25, redis: 0.01 } }];
  const text = markdownOf(report({ comparison, rates, isSearch: true, highestRate: 10 }));
  assert.match(text, /\| 10 \| service 25 %, redis 1 % \| holds \| – \|/);
  assert.match(text, /WORSE than the stored run: getVendor p99\. The highest rate that meets the thresholds is at least 10 requests\/s\./);
});

test("what has no data, what watchers lack and what grows is shown", () => {
  const verdicts = [
    { what: "hit rate of getVendor", value: undefined, limit: 0.8, unit: "share", met: false },
    { what: "updates missing", value: 4, limit: 0, unit: "count", met: false },
  ];
  const steps = { "update received": report().operations.getVendor };
  const growth = [{ what: "heap used", unit: "MiB", first: 100, last: 250.04 }];
  const text = markdownOf(report({ verdicts, steps, growth }));
  assert.match(text, /MISSED: hit rate of getVendor \(no data\), updates missing\./);
  assert.match(text, /\| hit rate of getVendor \| no data \| 80 % \| MISSED \|/);
  assert.match(text, /\| updates missing \| 4 \| 0 \| MISSED \|/);
  assert.match(text, /\| 20 \| 4 \| 0 \| 1 \| 0 \|/);
  assert.match(text, /\| update received \| 100 \|/);
  assert.match(text, /\| heap used \| 100\.0 MiB \| 250\.0 MiB \|/);
  assert.doesNotMatch(markdownOf(report()), /What grows/);
});

test("the page has three charts, escapes what it shows, and needs nothing else", () => {
  const page = htmlOf(report());
  assert.equal(page.match(/<svg /g).length, 3);
  assert.match(page, /TIMEOUT: a &#60; b/);
  assert.match(page, /<code>update received<\/code>/);
  assert.doesNotMatch(page, /NaN|undefined|Infinity|<script|src=|href=/);
});

test("three files are written", () => {
  const folder = mkdtempSync(join(tmpdir(), "load-"));
  try {
    writeReport(join(folder, "new"), report());
    assert.equal(JSON.parse(readFileSync(join(folder, "new", "report.json"), "utf8")).kind, "mixed");
    assert.match(readFileSync(join(folder, "new", "report.html"), "utf8"), /^<!doctype html>/);
    assert.match(readFileSync(join(folder, "new", "report.md"), "utf8"), /^# Load run/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
