import { randomUUID } from "node:crypto";
import { createIncident, getTrackingSession, registerVendor, startTrackingSession, updateSessionStatus } from "../lib/operations.mjs";
import { START_MARGIN_MS } from "./plan.mjs";

/**
 * A job that a vehicle drives to.
 *
 * @typedef {object} Job
 * @property {string} sessionId
 * @property {string} status of the session
 * @property {string} [vendorId] of a job that was opened here
 * @property {string} [incidentId] of a job that was opened here
 */

/** @typedef {(document: string, variables: object) => Promise<any>} Call gives the data; it repeats what fails for a time */

/**
 * Registers a vendor where the drive begins, reports an incident where it ends, and starts a session. Each call is safe to repeat: it
 * carries an id or a token of its own.
 *
 * @param {Call} call
 * @param {object} drive
 * @param {string} drive.name
 * @param {import("../lib/geo.mjs").Position} drive.from
 * @param {import("../lib/geo.mjs").Position} drive.to
 * @param {number} [drive.oldestMs] when the oldest fix was recorded, epoch milliseconds; absent: from now on
 * @returns {Promise<Job>}
 */
export async function openJob(call, { name, from, to, oldestMs }) {
  const vendorId = `driver-${randomUUID()}`;
  const vendor = { id: vendorId, name: `Driver ${name}`.slice(0, 200), capabilities: ["TOWING"], position: from };
  await call(registerVendor, { input: vendor }).catch((failure) => {
    // nobody else knows this id: an attempt before, whose answer was lost, has registered it
    if (failure.code !== "CONFLICT") {
      throw failure;
    }
  });
  const report = { kind: "ENGINE", position: to, description: `Where ${name} drives to`.slice(0, 2_000), clientToken: randomUUID() };
  const incidentId = (await call(createIncident, { input: report })).createIncident.id;
  const startedAt = oldestMs === undefined ? undefined : new Date(oldestMs - START_MARGIN_MS).toISOString();
  const start = { incidentId, vendorId, startedAt, clientToken: randomUUID() };
  const session = (await call(startTrackingSession, { input: start })).startTrackingSession;
  return { sessionId: session.id, status: session.status, vendorId, incidentId };
}

/**
 * @param {Call} call
 * @param {string} sessionId
 * @returns {Promise<Job | undefined>} undefined if the viewer has no such session
 */
export async function existingJob(call, sessionId) {
  const { getTrackingSession: session } = await call(getTrackingSession, { id: sessionId });
  return session ? { sessionId, status: session.status } : undefined;
}

/**
 * Says that a step is reached.
 *
 * @param {Call} call
 * @param {string} sessionId
 * @param {string} status
 * @returns {Promise<string>} the status then
 */
export async function step(call, sessionId, status) {
  return (await call(updateSessionStatus, { input: { sessionId, status } })).updateSessionStatus.status;
}

/** @param {string} status @returns {boolean} */
export function hasEnded(status) {
  return status === "COMPLETED" || status === "CANCELLED";
}
