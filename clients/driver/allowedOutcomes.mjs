const MOVING = ["STORED", "LIVE_ONLY"];

/**
 * What the contract allows as the outcome of each fix of one session, given the outcomes before it. A fix moves the vehicle only if it is
 * newer by recorded time; a LATE one is kept in the trail; the same time again is a DUPLICATE. Whether a fix is too near to the one before,
 * or too far away to be true, is decided by settings of the service, which this does not know.
 *
 * @param {readonly import("./plan.mjs").Location[]} locations in the order of sending
 * @param {readonly ({outcome: string} | undefined)[]} results in the order of the answers
 * @param {number} [batch] fixes in a call, which takes them in the order of their times
 * @returns {string[][]} one list for each fix, in the order of sending
 */
export function allowedOutcomes(locations, results, batch = 1) {
  const accepted = new Set();
  const rejected = new Set();
  let currentMs = -Infinity;
  const allowedByIndex = [];
  for (const index of orderOfTaking(locations, batch)) {
    const location = locations[index];
    const recordedMs = Date.parse(location.recordedAt);
    const allowed = allowedOf(location, recordedMs, { accepted, rejected, currentMs });
    const outcome = results[index]?.outcome;
    if (MOVING.includes(outcome)) {
      currentMs = Math.max(currentMs, recordedMs);
    }
    if (outcome === "LATE" || MOVING.includes(outcome)) {
      accepted.add(recordedMs);
    } else if (outcome === "REJECTED") {
      rejected.add(recordedMs);
    }
    allowedByIndex[index] = allowed;
  }
  return allowedByIndex;
}

function orderOfTaking(locations, batch) {
  const callOf = (index) => Math.floor(index / batch);
  const msOf = (index) => Date.parse(locations[index].recordedAt);
  return locations.map((_, index) => index).toSorted((a, b) => callOf(a) - callOf(b) || msOf(a) - msOf(b));
}

function allowedOf(location, recordedMs, { accepted, rejected, currentMs }) {
  if (!isPossible(location)) {
    return ["REJECTED"];
  }
  if (accepted.has(recordedMs)) {
    return ["DUPLICATE"];
  }
  // a jump that a later fix confirmed is in the trail
  const confirmed = rejected.has(recordedMs) ? ["DUPLICATE"] : [];
  return [...(recordedMs < currentMs ? ["LATE"] : MOVING), "REJECTED", ...confirmed];
}

/** Devices without a position send a latitude of 0. */
function isPossible({ latitude, longitude }) {
  return latitude !== 0 && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}
