import { percentile } from "../lib/percentiles.mjs";
import { Jobs } from "./jobs.mjs";

const MICROS_PER_SECOND = 1e6;

/** Cores that take jobs in the order in which they come. */
class Cores {
  busyMicros = 0;
  #freeAt;

  constructor(count) {
    this.#freeAt = Array(count).fill(0);
  }

  /** @returns {number} when the job is done, in microseconds */
  take(atMicros, costMicros) {
    const core = this.#freeAt.indexOf(Math.min(...this.#freeAt));
    this.busyMicros += costMicros;
    return (this.#freeAt[core] = Math.max(atMicros, this.#freeAt[core]) + costMicros);
  }
}

/**
 * Plays it: queries and changes come to each instance at random times, a change that is done passes the one thread of Redis, and then every
 * instance hears it, behind whatever it has to do.
 *
 * @param {number} instances
 * @param {import("./busModel.mjs").Measured} measured
 * @param {import("./busModel.mjs").Load} load
 * @param {number} cores of each instance
 * @param {number} seconds
 * @param {import("../lib/random.mjs").Random} random
 * @returns {{heardPerSecond: number, ownBackPerSecond: number, busyShare: number, redisShare: number, queryP50Ms: number, queryP99Ms: number, heardP99Ms: number}}
 *   each instance; `heardP99Ms` runs from the end of a change to when all have heard it
 */
export function play(instances, measured, load, cores, seconds, random) {
  const jobs = new Jobs();
  const machines = Array.from({ length: instances }, () => new Cores(cores));
  const redis = new Cores(1);
  const redisCost = measured.publish + instances * measured.perSubscriber;
  const end = seconds * MICROS_PER_SECOND;
  const later = (ratePerSecond) => (-Math.log(1 - random.next()) * MICROS_PER_SECOND) / ratePerSecond;
  const come = (kind, at, atMicros, ratePerSecond) => {
    const nextMicros = atMicros + later(ratePerSecond);
    if (nextMicros < end) {
      jobs.add({ kind, at, atMicros: nextMicros });
    }
  };
  const rates = { query: load.queriesPerSecond, change: load.changesPerSecond, beat: load.heartbeatsPerSecond };
  const counts = { heard: 0, ownBack: 0 };
  const queriesMs = [];
  const heardMs = [];
  const costOfHeard = () => (random.next() < load.cachedShare ? measured.heardCached : measured.heardUnknown);
  const took = {
    query: ({ at, atMicros }) => queriesMs.push((machines[at].take(atMicros, measured.query) - atMicros) / 1_000),
    change: ({ at, atMicros }) => {
      const doneMicros = machines[at].take(atMicros, measured.written + load.watchers * measured.delivered);
      jobs.add({ kind: "publish", at, atMicros: doneMicros, isChange: true });
    },
    beat: ({ at, atMicros }) => jobs.add({ kind: "publish", at, atMicros, isChange: false }),
    publish: ({ at, atMicros, isChange }) =>
      jobs.add({ kind: "hear", from: at, sentMicros: atMicros, atMicros: redis.take(atMicros, redisCost), isChange }),
    hear: ({ from, sentMicros, atMicros, isChange }) => {
      const done = machines.map((machine, at) => machine.take(atMicros, isChange && at !== from ? costOfHeard() : measured.heartbeat));
      if (isChange) {
        counts.heard += instances - 1;
        counts.ownBack++;
        heardMs.push((Math.max(...done) - sentMicros) / 1_000);
      }
    },
  };
  for (let at = 0; at < instances; at++) {
    Object.entries(rates).forEach(([kind, rate]) => come(kind, at, 0, rate));
  }
  while (jobs.size > 0) {
    const job = jobs.next();
    if (job.kind in rates) {
      come(job.kind, job.at, job.atMicros, rates[job.kind]);
    }
    took[job.kind](job);
  }
  const sorted = queriesMs.toSorted((a, b) => a - b);
  return {
    heardPerSecond: counts.heard / instances / seconds,
    ownBackPerSecond: counts.ownBack / instances / seconds,
    busyShare: machines.reduce((sum, { busyMicros }) => sum + busyMicros, 0) / (instances * cores * end),
    redisShare: redis.busyMicros / end,
    queryP50Ms: percentile(sorted, 50),
    queryP99Ms: percentile(sorted, 99),
    heardP99Ms: percentile(heardMs.toSorted((a, b) => a - b), 99),
  };
}
