import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { test } from "node:test";
import { seededRandom } from "../lib/random.mjs";
import { compare } from "./compare.mjs";
import { traceOf } from "./trace.mjs";

const SIZES = { instances: 2, sessions: 20, active: 10, vendors: 10, areas: 5 };
const names = (count) => Array.from({ length: count }, (_, i) => `id${i}`);
const city = {
  active: SIZES.active,
  sessionIds: names(SIZES.sessions),
  vendorIds: names(SIZES.vendors),
  areas: Array.from({ length: SIZES.areas }, (_, i) => ({ near: { latitude: i, longitude: i } })),
};

/** An instance that takes so long for a query, and so much of DynamoDB and the CPU. */
async function startInstance(t, { tookMs, reads }) {
  let queries = 0;
  const metrics = () => `towline_dynamo_calls_seconds_count{operation="BatchGetItem"} ${queries * reads}
process_cpu_time_ns_total ${queries * tookMs * 1e6}`;
  const server = http.createServer((_, response) => response.end(metrics())).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const session = { id: "any", version: 1 };
  const cache = { "/getTrackingSession": {}, "/getVendor": {}, "/searchVendorsNearby": {} };
  const client = {
    send: async () => {
      await sleep(tookMs);
      queries++;
      return { data: { getTrackingSession: session, getVendor: {}, searchVendorsNearby: {} }, extensions: { cache } };
    },
    execute: async () => ({ updateLocation: { outcome: "STORED", session } }),
  };
  return { client, url: `http://127.0.0.1:${server.address().port}/graphql` };
}

async function startPair(t, costs) {
  const pair = [await startInstance(t, costs), await startInstance(t, costs)];
  return { urls: pair.map(({ url }) => url), clients: pair.map(({ client }) => client) };
}

test("tells what a query costs with the cache and without at a rate that both sustain", async (t) => {
  const trace = traceOf(seededRandom(1), { ...SIZES, operations: 500 });
  const [cached, uncached] = [await startPair(t, { tookMs: 5, reads: 0.25 }), await startPair(t, { tookMs: 100, reads: 1 })];
  const limits = { seconds: 0.5, rampSeconds: 0.2, inFlight: 64 };
  const compared = await compare(cached, uncached, city, trace, limits, () => {});
  assert.ok(compared.cached.sustained > 2 * compared.uncached.sustained);
  assert.ok(compared.ratePerSecond > 0.5 * compared.uncached.sustained);
  assert.ok(compared.uncached.latencyMs.p50 >= 99 && compared.cached.latencyMs.p50 < compared.uncached.latencyMs.p50);
  // what clients ask who say what they have seen comes on top
  assert.ok(compared.uncached.readsPer1000Queries >= 1_000 && compared.uncached.readsPer1000Queries < 1_200);
  assert.ok(Math.abs(compared.uncached.readsPer1000Queries / compared.cached.readsPer1000Queries - 4) < 0.01);
  assert.ok(compared.cached.cpuMsPerQuery >= 5 && compared.cached.cpuMsPerQuery < 6);
});
