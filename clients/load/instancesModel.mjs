import { growthAt, SINGLE } from "./busModel.mjs";

const STEPS = 60;

/**
 * What a few instances carry together, on one channel, by the measured figures.
 *
 * @typedef {object} Mix what each instance gets
 * @property {number} queriesPerChange hot reads for each write
 * @property {number} watchers of each session that changes
 * @property {number} cachedShare of the changes heard, those of an entity in the memory of the instance
 * @property {number} heartbeatsPerSecond of each instance
 *
 * @typedef {object} Limits
 * @property {number} instanceCores that an instance may use
 * @property {number} redisCores it has one thread for all messages
 * @property {number} bytesPerSecond out of Redis
 *
 * @typedef {object} Carried
 * @property {number} changesPerSecond of each instance
 * @property {number} queriesPerSecond of each instance
 * @property {import("./busModel.mjs").Growth} growth
 * @property {string} limit what is used up first
 * @property {Record<string, number>} usedShare of each limit
 */

/**
 * The most that so many instances carry.
 *
 * @param {number} instances
 * @param {import("./busModel.mjs").Measured} measured
 * @param {Mix} mix
 * @param {Limits} limits
 * @returns {Carried}
 */
export function mostOf(instances, measured, mix, limits) {
  let low = 0;
  let high = 1e6;
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    const fits = Object.values(at(instances, measured, mix, limits, middle).usedShare).every((share) => share <= 1);
    [low, high] = fits ? [middle, high] : [low, middle];
  }
  return at(instances, measured, mix, limits, low);
}

function at(instances, measured, mix, limits, changesPerSecond) {
  const queriesPerSecond = changesPerSecond * mix.queriesPerChange;
  const growth = growthAt(instances, measured, { ...mix, changesPerSecond, queriesPerSecond }, SINGLE);
  const usedShare = {
    "the cores of an instance": (growth.hearingCores + growth.workCores) / limits.instanceCores,
    "the thread of Redis": growth.redisCores / limits.redisCores,
    "the network of Redis": growth.redisBytesOutPerSecond / limits.bytesPerSecond,
  };
  const [limit] = Object.entries(usedShare).toSorted(([, one], [, other]) => other - one)[0];
  return { changesPerSecond, queriesPerSecond, growth, limit, usedShare };
}
