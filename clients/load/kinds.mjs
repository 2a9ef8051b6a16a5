/**
 * The kinds of runs. A user sends one request a second on average, so that 150 users are 150 requests a second; they
 * come at their own times, whether or not earlier requests have been answered.
 *
 * @typedef {object} Kind
 * @property {string} help
 * @property {number} rate requests a second where `--rate` does not say it
 * @property {number} seconds where `--seconds` does not say it
 * @property {number} watchers WebSocket subscriptions where `--watchers` does not say it
 * @property {(rate: number, seconds: number) => import("./arrivals.mjs").Phase[]} phases
 * @property {string} [thresholds] a file beside this one; `thresholds.json` if absent
 * @property {boolean} [hasEverything] it is long enough to have data for every threshold, so that one without is missed
 * @property {boolean} [isSteady] its rate is constant
 * @property {boolean} [watchesGrowth] the memory and the connections of the service are sampled
 * @property {Record<string, number>} [shares] of a hundred requests, by operation; the usual mix if absent
 * @property {boolean} [isFleet] there are as many vehicles as requests a second
 * @property {boolean} [incidentsOnly] every request reports an incident, gives it to a vendor and gets a watcher
 */

/** @type {Record<string, Kind>} */
export const KINDS = {
  smoke: {
    help: "a few requests of each operation, to see that everything works",
    rate: 10,
    seconds: 10,
    watchers: 5,
    thresholds: "thresholds.smoke.json", // of a cold service and a hundred requests times say nothing
    phases: steady,
    isSteady: true,
  },
  mixed: {
    help: "what apps, dispatchers and vehicles send, at a constant rate",
    rate: 100,
    seconds: 60,
    watchers: 50,
    phases: steady,
    isSteady: true,
    hasEverything: true,
  },
  incidents: {
    help: "a thousand incidents within a second, each with a vendor, a watcher and a moving vehicle",
    rate: 1_000,
    seconds: 1,
    watchers: 0,
    phases: steady,
    isSteady: true,
    incidentsOnly: true,
  },
  fleet: {
    help: "as many vehicles as the rate says, each sends a location a second",
    rate: 500,
    seconds: 60,
    watchers: 50,
    phases: steady,
    isSteady: true,
    shares: { updateLocation: 100 },
    isFleet: true,
  },
  ramp: {
    help: "evenly from nothing up to the rate",
    rate: 200,
    seconds: 120,
    watchers: 50,
    phases: (rate, seconds) => [{ seconds, from: 0, to: rate }],
    hasEverything: true,
  },
  spike: {
    help: "20 users, then suddenly as many as the rate says, then 20 again",
    rate: 150,
    seconds: 90,
    watchers: 20,
    phases: (rate, seconds) => [
      { seconds: seconds / 3, from: 20, to: 20 },
      { seconds: seconds / 3, from: rate, to: rate },
      { seconds: seconds / 3, from: 20, to: 20 },
    ],
    hasEverything: true,
  },
  soak: {
    help: "a moderate rate for a long time, to see what grows",
    rate: 50,
    seconds: 1_800,
    watchers: 50,
    phases: steady,
    isSteady: true,
    hasEverything: true,
    watchesGrowth: true,
  },
};

/**
 * How many vendors and open sessions a run needs before it begins.
 *
 * @param {Kind} kind
 * @param {{vendors: number, sessions: number, seconds: number}} settings
 * @param {number} rate requests a second
 * @returns {{vendors: number, sessions: number}}
 */
export function citySize(kind, { vendors, sessions, seconds }, rate) {
  if (kind.isFleet) {
    return { vendors: Math.ceil(rate), sessions: Math.ceil(rate) };
  }
  if (kind.incidentsOnly) {
    return { vendors: Math.max(vendors, Math.ceil(rate * seconds)), sessions: 0 };
  }
  return { vendors, sessions: Math.min(sessions, vendors) };
}

function steady(rate, seconds) {
  return [{ seconds, from: rate, to: rate }];
}
