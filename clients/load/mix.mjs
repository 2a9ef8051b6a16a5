import { createIncident, getTrackingSession, getVendor, searchVendorsNearby, startTrackingSession, updateLocation } from "../lib/operations.mjs";
import { incidentInput, positionInCity } from "./city.mjs";
import { movement } from "./operations.mjs";
import { zipf } from "./trace.mjs";

/** Of a hundred requests. People look more than vehicles move, and few break down. */
const SHARES = { getTrackingSession: 40, getVendor: 15, searchVendorsNearby: 15, updateLocation: 25, createIncident: 5 };

/** The places where people search: the same ones again and again, as in a city. */
const AREAS = 25;

const MOVING = new Set(["STORED", "LIVE_ONLY", "LATE"]);

/**
 * What is sent next: the name of the operation, and the call, which is told when it is due and rejects for a failure.
 *
 * @param {import("./kinds.mjs").Kind} kind
 * @param {import("../lib/graphql.mjs").GraphQlClient} client
 * @param {import("../lib/random.mjs").Random} random
 * @param {import("./city.mjs").City} city
 * @param {import("./watchers.mjs").Watchers} watchers
 * @param {(name: string, fromMs: number, toMs: number) => void} addStep is told of each step of a request that has several
 * @returns {(index: number) => [string, (dueMs: number) => Promise<void>]}
 */
export function mixOf(kind, client, random, city, watchers, addStep) {
  if (kind.incidentsOnly) {
    return (index) => [
      "incident with a watcher",
      (dueMs) => incidentWithWatcher(client, random, city, city.vendorIds[index], watchers, addStep, dueMs),
    ];
  }
  const { vendorIds, sessionIds } = city;
  const [session, vendor] = [zipf(random, sessionIds.length), zipf(random, vendorIds.length)];
  const area = zipf(random, AREAS);
  const areas = Array.from({ length: AREAS }, () => positionInCity(random));
  const centers = sessionIds.map(() => positionInCity(random));
  const lastMs = sessionIds.map(() => 0);
  let moves = 0;
  const calls = {
    createIncident: async () => {
      const { createIncident: incident } = await client.execute(createIncident, { input: incidentInput(random) });
      expect(incident?.status === "REPORTED", "the incident is not REPORTED");
    },
    getTrackingSession: async () => {
      const id = sessionIds[session()];
      const { getTrackingSession: found } = await client.execute(getTrackingSession, { id });
      expect(found?.id === id, "another session or none");
    },
    getVendor: async () => {
      const id = vendorIds[vendor()];
      const { getVendor: found } = await client.execute(getVendor, { id });
      expect(found?.id === id, "another vendor or none");
    },
    searchVendorsNearby: async () => {
      const { searchVendorsNearby: found } = await client.execute(searchVendorsNearby, {
        near: areas[area()],
        radiusMiles: 10,
        first: 20,
      });
      expect(found.edges.length <= found.totalCount, "more vendors than the total");
    },
    updateLocation: async (dueMs) => {
      const vehicle = moves++ % sessionIds.length;
      await move(client, watchers, sessionIds[vehicle], centers[vehicle], (lastMs[vehicle] = Math.max(Date.now(), lastMs[vehicle] + 1)), dueMs);
    },
  };
  const names = Object.entries(kind.shares ?? SHARES).flatMap(([name, share]) => Array.from({ length: share }, () => name));
  return () => {
    const name = random.pick(names);
    return [name, calls[name]];
  };
}

async function incidentWithWatcher(client, random, city, vendorId, watchers, addStep, dueMs) {
  let fromMs = dueMs;
  const step = async (name, work) => {
    const result = await work();
    const toMs = performance.now();
    addStep(name, fromMs, toMs);
    fromMs = toMs;
    return result;
  };
  const input = incidentInput(random);
  const { createIncident: incident } = await step("createIncident", () => client.execute(createIncident, { input }));
  const started = { incidentId: incident.id, vendorId };
  const { startTrackingSession: session } = await step("startTrackingSession", () =>
    client.execute(startTrackingSession, { input: started }),
  );
  city.sessionIds.push(session.id); // whoever leaves the city completes it
  await step("watcher opened", () => watchers.watch(session.id));
  await step("updateLocation", () => move(client, watchers, session.id, input.position, Date.now(), fromMs));
}

async function move(client, watchers, sessionId, center, nowMs, dueMs) {
  const input = { sessionId, location: movement(center, nowMs) };
  const { outcome, sequence, reason } = (await client.execute(updateLocation, { input })).updateLocation;
  expect(MOVING.has(outcome), `outcome ${outcome}: ${reason}`);
  if (sequence !== null) {
    watchers.acknowledged(sessionId, sequence, dueMs);
  }
}

function expect(isTrue, otherwise) {
  if (!isTrue) {
    throw new Error(`UNEXPECTED: ${otherwise}`);
  }
}
