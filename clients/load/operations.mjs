import { createIncident, getVendor, searchVendorsNearby, updateLocation } from "../lib/operations.mjs";
import { CAPABILITIES, incidentInput, positionInCity } from "./city.mjs";

const MOVING = new Set(["STORED", "LIVE_ONLY", "LATE"]);
const SPEED_METERS_PER_SECOND = 12;
const CIRCLE_METERS = 500;
const METERS_PER_DEGREE = 111_195;

/**
 * What is sent, by operation's name: one call each, rejected for a failed call and for an answer that is not what the
 * operation promises.
 *
 * @param {import("../lib/graphql.mjs").GraphQlClient} client
 * @param {import("../lib/random.mjs").Random} random
 * @param {import("./city.mjs").City} city
 * @returns {Record<string, (index: number) => Promise<void>>}
 */
export function operationsOn(client, random, { vendorIds, sessionIds }) {
  const centers = sessionIds.map(() => positionInCity(random));
  const lastMs = sessionIds.map(() => 0);
  return {
    createIncident: async () => {
      const { createIncident: incident } = await client.execute(createIncident, { input: incidentInput(random) });
      expect(incident?.status === "REPORTED", `status ${incident?.status}`);
    },
    getVendor: async () => {
      const id = random.pick(vendorIds);
      const { getVendor: vendor } = await client.execute(getVendor, { id });
      expect(vendor?.id === id, "another vendor or none");
    },
    // Round-robin, and never two points of one session of the same moment: the second would be a duplicate.
    updateLocation: async (index) => {
      const vehicle = index % sessionIds.length;
      lastMs[vehicle] = Math.max(Date.now(), lastMs[vehicle] + 1);
      const input = { sessionId: sessionIds[vehicle], location: movement(centers[vehicle], lastMs[vehicle]) };
      const { outcome, reason } = (await client.execute(updateLocation, { input })).updateLocation;
      expect(MOVING.has(outcome), `outcome ${outcome}: ${reason}`);
    },
    searchVendorsNearby: async () => {
      const { searchVendorsNearby: found } = await client.execute(searchVendorsNearby, search(random));
      expect(found.edges.length <= found.totalCount, "more vendors than the total");
      expect(found.edges.every(isFartherThanBefore), "vendors not by distance");
    },
  };
}

/** A vehicle circles its center at a steady speed, so that no point is a jump from the one before. */
export function movement({ latitude, longitude }, nowMs) {
  const turned = ((nowMs / 1_000) * SPEED_METERS_PER_SECOND) / CIRCLE_METERS;
  const degrees = CIRCLE_METERS / METERS_PER_DEGREE;
  const clockwiseDegrees = ((turned * 180) / Math.PI) % 360;
  return {
    latitude: latitude + degrees * Math.cos(turned),
    longitude: longitude + (degrees * Math.sin(turned)) / Math.cos((latitude * Math.PI) / 180),
    recordedAt: new Date(nowMs).toISOString(),
    speedMetersPerSecond: SPEED_METERS_PER_SECOND,
    headingDegrees: (clockwiseDegrees + 90) % 360,
    accuracyMeters: 8,
  };
}

/** No two searches are alike, so a cache cannot answer instead of the service. */
function search(random) {
  return {
    near: positionInCity(random),
    radiusMiles: random.between(3, 15),
    filter: random.next() < 0.5 ? { capabilities: [random.pick(CAPABILITIES)] } : { availableOnly: true },
    first: 20,
  };
}

function isFartherThanBefore(edge, index, edges) {
  return index === 0 || edge.distanceMiles >= edges[index - 1].distanceMiles;
}

function expect(isTrue, otherwise) {
  if (!isTrue) {
    throw new Error(`UNEXPECTED: ${otherwise}`);
  }
}
