import assert from "node:assert/strict";
import test from "node:test";
import { parse } from "./prometheus.mjs";
import { allocatedBytes, median, microsByRound, noiseOf, othersShare, ratioOf, tierShares } from "./readsFigures.mjs";

const part = (name, round, cpuOfIt, answers = 1_000) => ({ name, round, process: name, seconds: 10, answers, cpuSeconds: { [name]: cpuOfIt } });
const idle = (cpuSeconds) => ({ name: "idle", round: 0, seconds: 10, answers: 0, cpuSeconds });

test("an answer costs what the process takes beyond what it takes when nothing happens", () => {
  const parts = [idle({ service: 0.5 }), part("service", 0, 1.5), part("service", 1, 2.5), part("service", 2, 1, 0)];
  assert.deepEqual([...microsByRound(parts, "service")], [[0, 1_000], [1, 2_000]]);
});

test("a ratio is the median of those of the rounds that have both", () => {
  const parts = [1, 2, 9].map((cpu, round) => part("service", round, cpu)).concat([1, 1, 3, 1].map((cpu, round) => part("node", round, cpu)));
  assert.equal(ratioOf(parts, "service", "node"), 2);
  assert.equal(ratioOf([part("service", 7, 50), ...parts], "service", "node"), 2);
  assert.ok(Number.isNaN(ratioOf(parts, "service", "servlet")));
});

test("the median and how far the values are from it", () => {
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.ok(Number.isNaN(median([])));
  assert.equal(noiseOf([1, 2, 3.5]), 0.75);
  assert.ok(Number.isNaN(noiseOf([2])));
});

test("what a JVM has allocated is what was collected and what is in the eden now", () => {
  const samples = parse(
    [
      "jvm_gc_memory_allocated_bytes_total 1000.0",
      'jvm_memory_used_bytes{area="heap",id="Eden Space"} 250.0',
      'jvm_memory_used_bytes{area="heap",id="Tenured Gen"} 9999.0',
    ].join("\n"),
  );
  assert.equal(allocatedBytes(samples), 1_250);
  assert.ok(Number.isNaN(allocatedBytes([])));
});

test("where values came from, by tier", () => {
  const lookup = (tier, value) => ({ name: "towline_cache_requests_total", labels: { field: "Query.getVendor", tier, result: "hit" }, value });
  assert.deepEqual(tierShares([lookup("l1", 90), lookup("store", 6), lookup("l1", 4), lookup("l2", 0)]), { l1: 0.94, store: 0.06 });
  assert.deepEqual(tierShares([]), {});
});

test("the share of others is what was busy without the run's own", () => {
  const cpus = (user, idle) => [{ times: { user, nice: 0, sys: 0, irq: 0, idle } }, { times: { user: 0, nice: 0, sys: 0, irq: 0, idle: 0 } }];
  assert.equal(othersShare(cpus(0, 0), cpus(6_000, 4_000), 2), 0.4);
  assert.equal(othersShare(cpus(0, 0), cpus(1_000, 9_000), 1.5), 0);
});
