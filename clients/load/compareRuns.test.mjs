import assert from "node:assert/strict";
import test from "node:test";
import { seededRandom } from "../lib/random.mjs";
import { compareRuns, relativeDeviation, requireComparable } from "./compareRuns.mjs";
import { Recorder } from "./recorder.mjs";

const SECONDS = 60;

/**
 * A run whose latencies vary as measured ones do: most are alike, few are long, and each second has a pace of its own.
 *
 * @param {number} seed
 * @param {object} [how]
 * @param {number} [how.factor] how slow the service is
 * @param {number} [how.machine] how slow everything is
 * @param {number} [how.perSecond] requests of the operation
 * @param {(second: number) => number} [how.shape] how slow the service is in a second
 */
function run(seed, { factor = 1, machine = 1, perSecond = 40, shape = () => 1 } = {}) {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
  const [recorder, peer] = [new Recorder(SECONDS), new Recorder(SECONDS)];
  for (let second = 0; second < SECONDS; second++) {
    const pace = machine * Math.exp(0.15 * normal());
    const add = (to, name, count, ms) => {
      for (let i = 0; i < count; i++) {
        to.add(name, 1_000 * (second + i / count), pace * ms * Math.exp(0.5 * normal()));
      }
    };
    add(recorder, "getVendor", perSecond, 5 * factor * shape(second));
    add(peer, "peer", 20, 1);
  }
  return { kind: "mixed", ratePerSecond: 100, seconds: SECONDS, watchers: 50, steps: {}, operations: recorder.operations(), peer: peer.operations().peer, cpuSeconds: {}, hitRates: {} };
}

const worse = (report, stored) => compareRuns(report, stored).filter((each) => each.worse).map(({ what }) => what);
const all = ["getVendor p50", "getVendor p95", "getVendor p99"];

test("equal runs are not worse than each other", () => {
  for (let seed = 1; seed <= 100; seed += 2) {
    assert.deepEqual(worse(run(seed), run(seed + 1)), [], `seeds ${seed} and ${seed + 1}`);
  }
});

test("names what became worse", () => {
  assert.deepEqual(worse(run(1, { factor: 1.9 }), run(2)), all);
  assert.deepEqual(worse(run(1, { factor: 0.5 }), run(2)), []);
});

test("a slower or a faster machine is no worse service, and a slower service is", () => {
  assert.deepEqual(worse(run(1, { machine: 2 }), run(2)), []);
  assert.deepEqual(worse(run(1), run(2, { machine: 2 })), []);
  assert.deepEqual(worse(run(1, { machine: 1.2, factor: 2.5 }), run(2)), all);
});

test("equal figures beside a bare server that was slower before are not worse", () => {
  const [now, before] = [run(1), run(2)];
  const slow = run(2, { machine: 1.5 });
  assert.deepEqual(worse(now, { ...before, peer: slow.peer }), []);
});

test("the noise of a percentile is its own", () => {
  const [median, , p99] = compareRuns(run(1), run(2));
  assert.ok(p99.noise > median.noise, `${p99.noise} and ${median.noise}`);
});

test("a percentile with few requests beyond it is not compared", () => {
  const figures = compareRuns(run(1, { perSecond: 10 }), run(2, { perSecond: 10 })).map(({ what }) => what);
  assert.deepEqual(figures, ["getVendor p50", "getVendor p95"]);
});

test("the shape of a ramp is no noise", () => {
  const ramp = { shape: (second) => 1 + second / 10 };
  assert.deepEqual(worse(run(1, ramp), run(2, ramp)), []);
  assert.deepEqual(worse(run(1, { ...ramp, factor: 1.9 }), run(2, ramp)), all);
});

test("names the part of the service that takes more CPU for each request", () => {
  const [now, before] = [run(1), run(2)];
  const cpu = (service, seconds = {}) => ({ cpuSeconds: { service, dynamodb: 4, redis: 0.2, harness: 3, ...seconds } });
  const stored = { ...before, ...cpu(10) };
  assert.deepEqual(worse({ ...now, ...cpu(11) }, stored), []);
  assert.deepEqual(worse({ ...now, ...cpu(15) }, stored), ["CPU of service for each request"]);
  assert.deepEqual(worse({ ...now, ...cpu(5, { redis: 0.9, harness: 9 }) }, stored), [], "too little to tell, or not the service");
  const longer = { ...before, ...cpu(5), operations: { ...before.operations, getVendor: { ...before.operations.getVendor, count: 1_200 } } };
  assert.deepEqual(worse({ ...now, ...cpu(10) }, longer), [], "half of the requests took half of the CPU");
});

test("more CPU beside a bare server that is slower, too, is not worse", () => {
  const now = { ...run(1, { machine: 2 }), cpuSeconds: { service: 15 } };
  assert.deepEqual(worse(now, { ...run(2), cpuSeconds: { service: 10 } }), []);
});

test("names a hit rate that became lower by more than chance", () => {
  const rates = (seed, getVendor) => ({ ...run(seed), hitRates: { getVendor, unknown: 0.1 } });
  assert.deepEqual(worse(rates(1, 0.88), rates(2, 0.9)), []);
  assert.deepEqual(worse(rates(1, 0.95), rates(2, 0.9)), []);
  assert.deepEqual(worse(rates(1, 0.8), rates(2, 0.9)), ["hit rate of getVendor"]);
});

test("only runs of the same kind and size are compared", () => {
  const stored = run(1);
  requireComparable({ ...stored, seconds: 10 }, stored, true);
  assert.throws(() => requireComparable({ ...stored, ratePerSecond: 200 }, stored, true), /differ in ratePerSecond: 200 and 100/);
  assert.throws(() => requireComparable({ ...stored, seconds: 10 }, stored, false), /differ in seconds: 10 and 60/);
  assert.throws(() => requireComparable(stored, { ...stored, peer: { percentiles: {} } }, true), /Record it anew/);
});

test("a few odd values do not change the deviation", () => {
  assert.equal(relativeDeviation([8, 12, 8, 12, 8, 12, 8, 12, 8, 1_000]), 0.2);
});
