/**
 * What the contract says about each point of one session, decided in the order given and independently of the service.
 * A point becomes the current location only if it is newer by recorded time; a LATE one is kept on the trail, so the
 * same time again is a DUPLICATE too; a REJECTED one leaves nothing behind.
 *
 * @param {readonly import("./plan.mjs").Location[]} locations
 * @returns {("STORED" | "LATE" | "DUPLICATE" | "REJECTED")[]} one for each
 */
export function expectedOutcomes(locations) {
  const known = new Set();
  let currentMs = -Infinity;
  return locations.map((location) => {
    const recordedMs = Date.parse(location.recordedAt);
    if (!isPossible(location)) {
      return "REJECTED";
    }
    if (known.has(recordedMs)) {
      return "DUPLICATE";
    }
    known.add(recordedMs);
    if (recordedMs < currentMs) {
      return "LATE";
    }
    currentMs = recordedMs;
    return "STORED";
  });
}

function isPossible({ latitude, longitude }) {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}
