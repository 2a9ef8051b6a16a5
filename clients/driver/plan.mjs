/** The newest fix of a trace becomes this old. */
export const NEWEST_AGE_MS = 5_000;
/** What is older after the shift is left out. */
export const OLDEST_AGE_MS = 6 * 86_400_000;
/** A session starts this long before its oldest fix: with OLDEST_AGE_MS well inside the contract's seven days. */
export const START_MARGIN_MS = 60_000;

/**
 * A fix ready to be sent.
 *
 * @typedef {object} Location
 * @property {number} latitude
 * @property {number} longitude
 * @property {string} recordedAt RFC 3339 in UTC with milliseconds
 * @property {number} [speedMetersPerSecond]
 * @property {number} [headingDegrees]
 * @property {number} [accuracyMeters]
 */

/**
 * What will be sent for one trace.
 *
 * @typedef {object} Plan
 * @property {Location[]} locations in the order of sending
 * @property {string} startedAt of the session, RFC 3339
 * @property {{latitude: number, longitude: number}} from the first valid position, where the vendor is
 * @property {{latitude: number, longitude: number}} to the last valid position, where the incident is
 * @property {number} leftOut fixes that are too old after the shift
 * @property {number} unsendable fixes whose position is no finite number, which JSON cannot carry
 */

/**
 * Shifts a trace in time so that its newest fix is just past.
 *
 * @param {import("./traces.mjs").Trace} trace
 * @param {number} nowMs epoch milliseconds
 * @param {"file" | "recorded"} order of sending
 * @returns {Plan | undefined} undefined if nothing is left to send
 */
export function planTrace(trace, nowMs, order) {
  const newestMs = trace.fixes.reduce((newest, fix) => Math.max(newest, fix.timeMs), -Infinity);
  const shiftMs = Math.floor(nowMs - NEWEST_AGE_MS - newestMs);
  const recent = trace.fixes.filter((fix) => fix.timeMs + shiftMs >= nowMs - OLDEST_AGE_MS);
  const sendable = recent.filter((fix) => Number.isFinite(fix.latitude) && Number.isFinite(fix.longitude));
  if (sendable.length === 0) {
    return undefined;
  }
  const byTime = sendable.toSorted((a, b) => a.timeMs - b.timeMs);
  return {
    locations: (order === "recorded" ? byTime : sendable).map((fix) => locationOf(fix, fix.timeMs + shiftMs)),
    startedAt: new Date(byTime[0].timeMs + shiftMs - START_MARGIN_MS).toISOString(),
    ...endsOf(byTime),
    leftOut: trace.fixes.length - recent.length,
    unsendable: recent.length - sendable.length,
  };
}

/**
 * Where a drive begins and ends: at its first and last valid position.
 *
 * @param {readonly import("./traces.mjs").Fix[]} byTime
 * @returns {{from: {latitude: number, longitude: number}, to: {latitude: number, longitude: number}}}
 */
export function endsOf(byTime) {
  const valid = byTime.filter(isValid);
  return { from: positionOf(valid.at(0)), to: positionOf(valid.at(-1)) };
}

/** Possible, and not the zero that a receiver without a fix reports. */
function isValid({ latitude, longitude }) {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && latitude !== 0 && longitude !== 0;
}

function positionOf(fix) {
  return fix === undefined ? { latitude: 0, longitude: 0 } : { latitude: fix.latitude, longitude: fix.longitude };
}

/**
 * A fix as the service takes it. What is undefined or not finite does not reach the JSON.
 *
 * @param {import("./traces.mjs").Fix} fix
 * @param {number} recordedMs epoch milliseconds
 * @returns {Location}
 */
export function locationOf(fix, recordedMs) {
  const finite = (number) => (Number.isFinite(number) ? number : undefined);
  return {
    latitude: fix.latitude,
    longitude: fix.longitude,
    recordedAt: new Date(recordedMs).toISOString(),
    speedMetersPerSecond: finite(fix.speedMetersPerSecond),
    headingDegrees: finite(fix.headingDegrees),
    accuracyMeters: finite(fix.accuracyMeters),
  };
}
