import {
  createIncident,
  getTrackingSession,
  startTrackingSession,
  updateLocations,
  updateSessionStatus,
} from "../lib/operations.mjs";
import { registerAvailableVendor } from "../lib/vendors.mjs";
import { compareOutcomes, wrongCurrentLocation } from "./checks.mjs";
import { planTrace } from "./plan.mjs";

/**
 * What became of one trace. `failures` are failed calls and broken promises, `mismatches` outcomes other than expected.
 *
 * @typedef {object} TraceReport
 * @property {string} trace
 * @property {string} file
 * @property {string} [sessionId]
 * @property {number} fixes in the file
 * @property {number} sent
 * @property {number} leftOut older than six days after the shift
 * @property {number} unsendable without a finite position
 * @property {Record<string, number>} outcomes
 * @property {number} missing sent or planned, and without an outcome
 * @property {string[]} mismatches
 * @property {string[]} failures
 */

/**
 * Replays one trace: a vendor at its first valid position, an incident at its last, a session between them.
 *
 * @param {import("../lib/graphql.mjs").GraphQlClient} client
 * @param {import("./traces.mjs").Trace} trace
 * @param {{nowMs: number, order: "file" | "recorded", batch: number, leaveOpen: boolean}} settings
 * @returns {Promise<TraceReport>} also when calls fail
 */
export async function replayTrace(client, trace, { nowMs, order, batch, leaveOpen }) {
  const plan = planTrace(trace, nowMs, order);
  const locations = plan?.locations ?? [];
  const results = [];
  const failures = [];
  let sent = 0;
  let sessionId;
  try {
    if (plan) {
      sessionId = await openSession(client, trace, plan);
      for (let from = 0; from < locations.length; from += batch) {
        const points = locations.slice(from, from + batch);
        sent += points.length;
        const answers = await sendBatch(client, sessionId, points);
        if (answers.length !== points.length) {
          failures.push(`${answers.length} outcomes for ${points.length} points`);
        }
        // Kept at their places, so that one short answer does not shift all that follow.
        points.forEach((_, index) => results.push(answers[index]));
      }
      const wrong = wrongCurrentLocation(locations, results, await currentLocation(client, sessionId));
      failures.push(...(wrong ? [wrong] : []));
    }
  } catch (error) {
    failures.push(error.message);
  }
  if (sessionId && !leaveOpen) {
    await complete(client, sessionId).catch((error) => failures.push(error.message));
  }
  return {
    trace: trace.id,
    file: trace.file,
    sessionId,
    fixes: trace.fixes.length,
    sent,
    leftOut: plan?.leftOut ?? 0,
    unsendable: plan?.unsendable ?? trace.fixes.length,
    ...compareOutcomes(locations, results, batch),
    failures,
  };
}

async function openSession(client, trace, { from, to, startedAt }) {
  const vendorId = await registerAvailableVendor(client, {
    name: `Replay ${trace.id}`,
    capabilities: ["TOWING"],
    position: from,
  });
  const incident = await client.execute(createIncident, {
    input: { kind: "ENGINE", position: to, description: `Replay of ${trace.id}` },
  });
  const session = await client.execute(startTrackingSession, {
    input: { incidentId: incident.createIncident.id, vendorId, startedAt },
  });
  return session.startTrackingSession.id;
}

async function sendBatch(client, sessionId, locations) {
  return (await client.execute(updateLocations, { input: { sessionId, locations } })).updateLocations;
}

async function currentLocation(client, sessionId) {
  const { getTrackingSession: session } = await client.execute(getTrackingSession, { id: sessionId });
  if (!session) {
    throw new Error(`session ${sessionId} is not found`);
  }
  return session.currentLocation;
}

async function complete(client, sessionId) {
  await client.execute(updateSessionStatus, { input: { sessionId, status: "COMPLETED" } });
}
