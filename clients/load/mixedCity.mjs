import { setTimeout as sleep } from "node:timers/promises";
import { concurrently } from "../lib/concurrently.mjs";
import { searchVendorsNearby } from "../lib/operations.mjs";
import { CAPABILITIES, KINDS } from "./city.mjs";

const AT_ONCE = 6;
const BATCH = 10;

/** So wide that a search finds some of the vendors and not all: 500 km or so. */
const CENTER = { latitude: 31, longitude: -98 };
const HALF_DEGREES = 2.3;
const SEARCH_RADIUS_MILES = 15;

/**
 * What the mixed run works on.
 *
 * @typedef {object} MixedCity
 * @property {string[]} vendorIds
 * @property {string[]} sessionIds the active ones first, then those that have ended
 * @property {number} active how many are active
 * @property {number} settledMs when all vendors had been written
 * @property {object[]} areas variables of the searches
 */

/** Searches are remembered only once an instance is sure to know all vendors, also those of a new tenant. */
const INDEXED_WITHIN_MS = 60_000;

/**
 * Registers vendors, and has them do their jobs one after another: many that have ended, and one that has not for some of them.
 *
 * @param {import("../lib/graphql.mjs").GraphQlClient[]} clients one an instance
 * @param {import("../lib/random.mjs").Random} random
 * @param {{sessions: number, active: number, vendors: number, areas: number}} sizes no more active sessions than vendors
 * @param {(text: string) => void} say
 * @returns {Promise<MixedCity>}
 */
export async function settleMixedCity(clients, random, { sessions, active, vendors, areas }, say) {
  const vendorIds = await mutate(clients, "registerVendor", "RegisterVendorInput", vendorInputs(random, vendors));
  say(`${vendors} vendors`);
  const ended = [];
  while (ended.length < sessions - active) {
    const some = vendorIds.slice(0, sessions - active - ended.length);
    const ids = await startSessions(clients, random, some);
    const ends = ids.map((sessionId) => ({ sessionId, status: "COMPLETED" }));
    await mutate(clients, "updateSessionStatus", "UpdateSessionStatusInput", ends);
    ended.push(...ids);
    say(`${ended.length} of ${sessions - active} sessions that have ended`);
  }
  const running = await startSessions(clients, random, vendorIds.slice(0, active));
  say(`${active} active sessions`);
  const settledMs = performance.now();
  await Promise.all(clients.map((client) => awaitIndex(client, random)));
  return {
    vendorIds,
    sessionIds: [...running, ...ended],
    active,
    settledMs,
    areas: Array.from({ length: areas }, () => area(random)),
  };
}

/** Until the same search, which nobody else asks for, is answered from memory. */
async function awaitIndex(client, random) {
  const search = area(random);
  const endMs = performance.now() + INDEXED_WITHIN_MS;
  while (performance.now() < endMs) {
    const { extensions } = await client.send(searchVendorsNearby, search, { "X-Towline-Cache-Report": "1" });
    if (extensions?.cache?.["/searchVendorsNearby"]?.result === "hit") {
      return;
    }
    await sleep(200);
  }
  throw new Error("UNEXPECTED: searches are not remembered");
}

async function startSessions(clients, random, vendorIds) {
  const incidents = vendorIds.map(() => ({ kind: random.pick(KINDS), position: position(random) }));
  const incidentIds = await mutate(clients, "createIncident", "CreateIncidentInput", incidents);
  const starts = vendorIds.map((vendorId, i) => ({ vendorId, incidentId: incidentIds[i] }));
  return mutate(clients, "startTrackingSession", "StartTrackingSessionInput", starts);
}

/** One mutation for each input, many in a request and several requests at once. Gives the ids, in the order of the inputs. */
async function mutate(clients, field, type, inputs) {
  const batches = Array.from({ length: Math.ceil(inputs.length / BATCH) }, (_, i) =>
    inputs.slice(i * BATCH, (i + 1) * BATCH),
  );
  const ids = await concurrently(batches, AT_ONCE, async (batch, index) => {
    const variables = Object.fromEntries(batch.map((input, i) => [`i${i}`, input]));
    const data = await clients[index % clients.length].execute(manyOf(field, type, batch.length), variables);
    return batch.map((_, i) => data[`m${i}`].id);
  });
  return ids.flat();
}

function manyOf(field, type, count) {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const variables = numbers.map((i) => `$i${i}: ${type}!`).join(", ");
  return `mutation(${variables}) { ${numbers.map((i) => `m${i}: ${field}(input: $i${i}) { id }`).join(" ")} }`;
}

function vendorInputs(random, count) {
  return Array.from({ length: count }, (_, index) => ({
    name: `Mixed vendor ${index}`,
    phone: `+1 512 555 ${String(index % 10_000).padStart(4, "0")}`,
    capabilities: CAPABILITIES.filter((_, i) => i === index % CAPABILITIES.length || random.next() < 0.3),
    rating: Number(random.between(1, 5).toFixed(1)),
    position: position(random),
  }));
}

/** Some place that is searched, for variables of a search. */
export function area(random) {
  return { near: position(random), radiusMiles: SEARCH_RADIUS_MILES, first: 20 };
}

function position(random) {
  return {
    latitude: CENTER.latitude + random.between(-HALF_DEGREES, HALF_DEGREES),
    longitude: CENTER.longitude + random.between(-HALF_DEGREES, HALF_DEGREES),
  };
}
