/**
 * How the bus between instances grows: what each of N equal instances hears, and what that costs it and Redis. Every instance writes the same,
 * and entities are spread evenly over shards, so everything follows from expected values.
 *
 * @typedef {object} Measured CPU microseconds, unless it says otherwise
 * @property {number} heardUnknown for a change heard, of an entity that is not in the memory of the instance
 * @property {number} heardCached of one that is
 * @property {number} heartbeat for a heartbeat heard; an own message that comes back is taken to cost as much
 * @property {number} written for a change written
 * @property {number} query for a query answered from memory
 * @property {number} delivered for an update sent to a watcher
 * @property {number} publish of Redis, for a message
 * @property {number} perSubscriber of Redis, for each subscriber that gets it
 * @property {number} changeBytes of a message about a change
 * @property {number} heartbeatBytes
 *
 * @typedef {object} Load of each instance
 * @property {number} changesPerSecond
 * @property {number} queriesPerSecond
 * @property {number} watchers of each session that changes
 * @property {number} cachedShare of the changes heard, those of an entity in the memory of the instance
 * @property {number} heartbeatsPerSecond in each shard
 *
 * @typedef {object} Sharding
 * @property {number} shards
 * @property {number} interests entities that an instance holds or watches besides those that are routed to it; infinite: it hears everything
 * @property {boolean} routed whether requests about a session go to the instances of its shard
 *
 * @typedef {object} Growth with N instances
 * @property {number} instances
 * @property {number} changesPerSecond in all
 * @property {number} heardShare of all shards, those that an instance listens to
 * @property {number} heardPerSecond changes that an instance hears from others
 * @property {number} heartbeatsHeardPerSecond
 * @property {number} hearingCores that hearing takes of an instance
 * @property {number} workCores that the rest takes: writing, queries, deliveries
 * @property {number} bytesInPerSecond to each instance
 * @property {number} redisCores
 * @property {number} redisBytesOutPerSecond
 */

/** One channel that every instance hears in full. @type {Sharding} */
export const SINGLE = { shards: 1, interests: Infinity, routed: false };

/**
 * @param {number} instances
 * @param {Measured} measured
 * @param {Load} load
 * @param {Sharding} sharding
 * @returns {Growth}
 */
export function growthAt(instances, measured, load, sharding) {
  const { shards } = sharding;
  const heardShare = heardShareOf(instances, sharding);
  const changesPerSecond = instances * load.changesPerSecond;
  // An instance that hears a shard hears its own changes, too, when they come back.
  const own = load.changesPerSecond * (sharding.routed ? 1 : heardShare);
  const heardPerSecond = Math.max(0, changesPerSecond * heardShare - own);
  // With routing only those write to a shard that also listen to it.
  const writersOfShard = sharding.routed ? instances * heardShare : instances;
  const heartbeatsOfShard = writersOfShard * load.heartbeatsPerSecond;
  const heartbeatsHeardPerSecond = heardShare * shards * heartbeatsOfShard;
  const listeners = instances * heardShare;
  const messageMicros = measured.publish + listeners * measured.perSubscriber;
  const bytesOfShards = changesPerSecond * measured.changeBytes + shards * heartbeatsOfShard * measured.heartbeatBytes;
  const heardMicros = measured.heardUnknown + load.cachedShare * (measured.heardCached - measured.heardUnknown);
  return {
    instances,
    changesPerSecond,
    heardShare,
    heardPerSecond,
    heartbeatsHeardPerSecond,
    hearingCores: (heardPerSecond * heardMicros + (own + heartbeatsHeardPerSecond) * measured.heartbeat) / 1e6,
    workCores:
      (load.changesPerSecond * (measured.written + load.watchers * measured.delivered) + load.queriesPerSecond * measured.query) / 1e6,
    bytesInPerSecond: heardShare * bytesOfShards,
    redisCores: ((changesPerSecond + shards * heartbeatsOfShard) * messageMicros) / 1e6,
    redisBytesOutPerSecond: listeners * bytesOfShards,
  };
}

/**
 * The share of the shards that an instance listens to: with routing its part of them, at least one; and those of its other interests, which
 * fall anywhere.
 *
 * @param {number} instances
 * @param {Sharding} sharding
 */
export function heardShareOf(instances, { shards, interests, routed }) {
  const routedShare = routed ? Math.min(1, Math.ceil(shards / instances) / shards) : 0;
  const otherShare = interests === Infinity ? 1 : 1 - (1 - 1 / shards) ** interests;
  return routedShare + (1 - routedShare) * otherShare;
}

/**
 * @typedef {object} Limits
 * @property {number} hearingCores of each instance
 * @property {number} redisCores it has one thread for all messages
 * @property {number} bytesPerSecond out of Redis
 */

/**
 * Where it ends: the fewest instances that exceed a limit, and which.
 *
 * @param {Measured} measured
 * @param {Load} load
 * @param {Sharding} sharding
 * @param {Limits} limits
 * @param {number} [most] instances that are tried
 * @returns {{instances: number, changesPerSecond: number, limit: string} | undefined} nothing if none does
 */
export function endOf(measured, load, sharding, limits, most = 1_024) {
  for (let instances = 1; instances <= most; instances++) {
    const growth = growthAt(instances, measured, load, sharding);
    const limit = exceeded(growth, limits);
    if (limit !== undefined) {
      return { instances, changesPerSecond: growth.changesPerSecond, limit };
    }
  }
  return undefined;
}

function exceeded({ hearingCores, redisCores, redisBytesOutPerSecond }, limits) {
  if (hearingCores > limits.hearingCores) {
    return "hearing";
  }
  if (redisCores > limits.redisCores) {
    return "the thread of Redis";
  }
  return redisBytesOutPerSecond > limits.bytesPerSecond ? "the network of Redis" : undefined;
}
