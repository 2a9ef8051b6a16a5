import { allowedOutcomes } from "./allowedOutcomes.mjs";

export const OUTCOMES = ["STORED", "LIVE_ONLY", "DUPLICATE", "LATE", "REJECTED"];

/**
 * Compares what the service answered with what the contract says.
 *
 * @param {readonly import("./plan.mjs").Location[]} locations in the order of sending
 * @param {readonly {outcome: string, reason?: string | null}[]} results in the order of the answers, possibly too few
 * @param {number} [batch] fixes in a call
 * @returns {{outcomes: Record<string, number>, missing: number, mismatches: string[]}}
 */
export function compareOutcomes(locations, results, batch) {
  const outcomes = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0]));
  const mismatches = [];
  let missing = 0;
  allowedOutcomes(locations, results, batch).forEach((allowed, index) => {
    const outcome = results[index]?.outcome;
    if (!OUTCOMES.includes(outcome)) {
      missing++;
      return;
    }
    outcomes[outcome]++;
    const at = `fix ${index} recorded at ${locations[index].recordedAt}`;
    if (!allowed.includes(outcome)) {
      mismatches.push(`${at}: ${outcome} instead of ${allowed.join(" or ")}`);
    } else if (outcome === "REJECTED" && !results[index].reason) {
      mismatches.push(`${at}: REJECTED without a reason`);
    }
  });
  return { outcomes, missing, mismatches };
}

/**
 * The current location must be the newest STORED or LIVE_ONLY fix by recorded time, whatever the order of arrival.
 *
 * @param {readonly import("./plan.mjs").Location[]} locations
 * @param {readonly {outcome: string}[]} results
 * @param {{recordedAt: string, latitude: number, longitude: number} | null | undefined} current as the service says
 * @returns {string | undefined} what is wrong, undefined if nothing is
 */
export function wrongCurrentLocation(locations, results, current) {
  const newest = locations
    .filter((_, index) => ["STORED", "LIVE_ONLY"].includes(results[index]?.outcome))
    .reduce(
      (best, next) => (best && Date.parse(best.recordedAt) >= Date.parse(next.recordedAt) ? best : next),
      undefined,
    );
  const isRight = newest ? current != null && isSameFix(current, newest) : current == null;
  return isRight ? undefined : `current location is ${described(current)} instead of ${described(newest)}`;
}

/** A tenth of a metre is allowed for a service that rounds degrees. */
function isSameFix(a, b) {
  return (
    Date.parse(a.recordedAt) === Date.parse(b.recordedAt) &&
    Math.abs(a.latitude - b.latitude) < 1e-6 &&
    Math.abs(a.longitude - b.longitude) < 1e-6
  );
}

function described(fix) {
  return fix ? `${fix.latitude},${fix.longitude} at ${fix.recordedAt}` : "none";
}
