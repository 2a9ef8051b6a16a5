/**
 * Something that happened, as the cache of an instance could see it.
 *
 * @typedef {object} Happening
 * @property {number} atMs
 * @property {string} field
 * @property {number} key
 * @property {number} [instance] which one was asked; absent: something was written, which all of them hear of
 * @property {boolean} [isLast] what was asked for will never change again
 * @property {boolean} [isCounted] whether the lookup counts, or only leaves what it has loaded
 */

/** As `@cache` in the schema has it. */
const TTL_MS = { getTrackingSession: 5_000, getVendor: 300_000, searchVendorsNearby: 60_000 };

/** What instances share in Redis: whoever writes it shares it, and so does whoever reads it. */
const SHARED = new Set(["getVendor"]);

/** As it has it for what will never change again, and for what is renewed. */
const MAX_TTL_MS = 3_600_000;

/**
 * How often the best cache with these times and tiers would have hit: it never forgets anything before its time, loads in no time, and
 * hears of what is written at once. A write replaces what is there, and its time begins anew.
 *
 * @param {readonly Happening[]} happenings in any order
 * @param {{isRenewing?: boolean}} [policy] whether what nothing has happened to lives on past its time
 * @returns {Record<string, {lookups: number, hits: number}>} by field
 */
export function idealHits(happenings, { isRenewing = false } = {}) {
  const knownAtMs = new Map();
  const counts = {};
  for (const each of happenings.toSorted((a, b) => a.atMs - b.atMs)) {
    const instances = knownAtMs.get(nameOf(each)) ?? new Map();
    knownAtMs.set(nameOf(each), instances);
    if (each.instance === undefined) {
      instances.forEach((_, instance) => instances.set(instance, each.atMs));
      share(instances, each);
      continue;
    }
    const ttlMs = each.isLast || isRenewing ? MAX_TTL_MS : TTL_MS[each.field];
    const isGood = (atMs = -Infinity) => each.atMs - atMs < ttlMs;
    if (!isGood(instances.get(each.instance)) && isGood(instances.get("shared"))) {
      instances.set(each.instance, instances.get("shared"));
    }
    const isHit = isGood(instances.get(each.instance));
    if (!isHit) {
      instances.set(each.instance, each.atMs);
      share(instances, each);
    }
    if (each.isCounted) {
      const count = (counts[each.field] ??= { lookups: 0, hits: 0 });
      count.lookups++;
      count.hits += isHit ? 1 : 0;
    }
  }
  return counts;
}

function share(instances, { field, atMs }) {
  if (SHARED.has(field)) {
    instances.set("shared", atMs);
  }
}

const nameOf = ({ field, key }) => `${field} ${key}`;
