import { concurrently } from "../lib/concurrently.mjs";
import { createIncident, startTrackingSession, updateSessionStatus } from "../lib/operations.mjs";
import { registerAvailableVendor } from "../lib/vendors.mjs";

/** Austin, about 45 km from edge to edge. */
const CENTER = { latitude: 30.2672, longitude: -97.7431 };
const HALF_DEGREES = 0.2;
const SET_UP_CONCURRENCY = 8;

export const KINDS = ["TIRE", "ENGINE", "BATTERY", "FUEL", "LOCKOUT", "COLLISION", "STUCK", "OTHER"];
export const CAPABILITIES = [
  "TOWING",
  "TIRE_REPAIR",
  "ENGINE_REPAIR",
  "BATTERY_JUMP",
  "FUEL_DELIVERY",
  "LOCKOUT",
  "WINCHING",
];

/**
 * What the operations work on.
 *
 * @typedef {object} City
 * @property {string[]} vendorIds
 * @property {string[]} sessionIds open sessions
 */

/** @param {import("../lib/random.mjs").Random} random */
export function positionInCity(random) {
  return {
    latitude: CENTER.latitude + random.between(-HALF_DEGREES, HALF_DEGREES),
    longitude: CENTER.longitude + random.between(-HALF_DEGREES, HALF_DEGREES),
  };
}

/**
 * Registers vendors over the city and starts sessions for the first of them.
 *
 * @param {import("../lib/graphql.mjs").GraphQlClient} client
 * @param {import("../lib/random.mjs").Random} random
 * @param {{vendors: number, sessions: number}} sizes no more sessions than vendors
 * @returns {Promise<City>}
 */
export async function settleCity(client, random, { vendors, sessions }) {
  const inputs = Array.from({ length: vendors }, (_, index) => vendorInput(random, index));
  const incidents = Array.from({ length: sessions }, () => incidentInput(random));
  const vendorIds = await concurrently(inputs, SET_UP_CONCURRENCY, (input) => registerAvailableVendor(client, input));
  const sessionIds = await concurrently(incidents, SET_UP_CONCURRENCY, async (input, index) => {
    const { id: incidentId } = (await client.execute(createIncident, { input })).createIncident;
    const started = { incidentId, vendorId: vendorIds[index] };
    return (await client.execute(startTrackingSession, { input: started })).startTrackingSession.id;
  });
  return { vendorIds, sessionIds };
}

/**
 * Completes the sessions, so that nothing of the run stays open.
 *
 * @param {import("../lib/graphql.mjs").GraphQlClient} client
 * @param {City} city
 */
export async function leaveCity(client, { sessionIds }) {
  await concurrently(sessionIds, SET_UP_CONCURRENCY, (sessionId) =>
    client.execute(updateSessionStatus, { input: { sessionId, status: "COMPLETED" } }),
  );
}

/** @param {import("../lib/random.mjs").Random} random */
export function incidentInput(random) {
  return { kind: random.pick(KINDS), position: positionInCity(random), description: "Made by the load harness" };
}

function vendorInput(random, index) {
  return {
    name: `Load vendor ${index}`,
    phone: `+1 512 555 ${String(index % 10_000).padStart(4, "0")}`,
    capabilities: CAPABILITIES.filter((_, i) => i === index % CAPABILITIES.length || random.next() < 0.3),
    rating: Number(random.between(1, 5).toFixed(1)),
    position: positionInCity(random),
    serviceRadiusMiles: 300,
  };
}
