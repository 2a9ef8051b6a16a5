import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import test from "node:test";
import { seededRandom } from "../lib/random.mjs";
import { growthAt, SINGLE } from "./busModel.mjs";
import { mostOf } from "./instancesModel.mjs";
import { play } from "./instancesSimulation.mjs";
import { Jobs } from "./jobs.mjs";

const MEASURED = {
  heardUnknown: 40,
  heardCached: 60,
  heartbeat: 10,
  written: 1_000,
  query: 100,
  delivered: 200,
  publish: 20,
  perSubscriber: 2,
  changeBytes: 1_000,
  heartbeatBytes: 100,
};
const MIX = { queriesPerChange: 20, watchers: 2, cachedShare: 0.25, heartbeatsPerSecond: 4 };
const LIMITS = { instanceCores: 1.4, redisCores: 0.8, bytesPerSecond: 6e8 };
const near = (actual, expected, share, what) =>
  assert.ok(Math.abs(actual - expected) <= share * expected, `${what}: ${actual} and not about ${expected}`);

test("an instance carries what its cores allow, a little less for each that it hears", () => {
  const [one, two, four] = [1, 2, 4].map((instances) => mostOf(instances, MEASURED, MIX, LIMITS));
  assert.equal(one.limit, "the cores of an instance");
  // a change with its two watchers, its queries and its own message; and the heartbeats
  near(one.changesPerSecond, (1.4e6 - 4 * 10) / (1_000 + 400 + 20 * 100 + 10), 1e-6, "changes");
  assert.equal(one.queriesPerSecond, 20 * one.changesPerSecond);
  assert.ok(two.changesPerSecond < one.changesPerSecond && four.changesPerSecond < two.changesPerSecond);
  assert.ok(4 * four.changesPerSecond > 3.5 * one.changesPerSecond);
});

test("it tells what else is used up first", () => {
  const limitOf = (limits) => mostOf(4, MEASURED, MIX, { ...LIMITS, ...limits }).limit;
  assert.equal(limitOf({ redisCores: 0.001 }), "the thread of Redis");
  assert.equal(limitOf({ bytesPerSecond: 10_000 }), "the network of Redis");
});

test("the simulation finds what is expected on paper", () => {
  const load = { ...MIX, changesPerSecond: 300, queriesPerSecond: 6_000 };
  for (const instances of [1, 2, 4]) {
    const paper = growthAt(instances, MEASURED, load, SINGLE);
    const played = play(instances, MEASURED, load, 2, 20, seededRandom(7));
    near(played.heardPerSecond, paper.heardPerSecond, 0.05, "heard");
    near(played.ownBackPerSecond, 300, 0.05, "own messages");
    near(played.busyShare, (paper.hearingCores + paper.workCores) / 2, 0.05, "busy");
    near(played.redisShare, paper.redisCores, 0.05, "Redis");
  }
});

test("jobs come in the order of their times", () => {
  const random = seededRandom(3);
  const jobs = new Jobs();
  const times = Array.from({ length: 500 }, () => random.integer(0, 200));
  times.forEach((atMicros) => jobs.add({ atMicros }));
  const come = [];
  while (jobs.size > 0) {
    come.push(jobs.next().atMicros);
  }
  assert.deepEqual(come, times.toSorted((a, b) => a - b));
});

test("queries wait for each other, and more so where less is free", () => {
  const playAt = (queriesPerSecond) => play(1, MEASURED, { ...MIX, changesPerSecond: 1, queriesPerSecond }, 2, 5, seededRandom(7));
  const [calm, busy] = [playAt(1_000), playAt(18_000)];
  near(calm.queryP50Ms, 0.1, 1e-6, "p50 of a calm instance");
  assert.ok(busy.queryP99Ms > 3 * calm.queryP99Ms, `${busy.queryP99Ms} and ${calm.queryP99Ms}`);
});

test("the command prints a line for 1, 2 and 4 instances", () => {
  const options = Object.entries(MEASURED).map(([name, value]) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}=${value}`);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, "instances.mjs"), "--seconds=2", ...options], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
  assert.deepEqual([...stdout.matchAll(/^\| (\d) \|/gm)].map(([, instances]) => instances), ["1", "2", "4"]);
});
