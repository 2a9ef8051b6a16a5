import { setTimeout as sleep } from "node:timers/promises";
import { searchVendorsNearby } from "../lib/operations.mjs";
import { percentile } from "../lib/percentiles.mjs";

/** Where the three answers to the same search are to come from, in this order. */
const TIERS = ["store", "l2", "l1"];

/** A page is shared just after its first answer. */
const SHARED_WITHIN_MS = 25;

/**
 * What it costs to compute a page of a search, to find it where instances share it, and to remember it.
 *
 * @typedef {object} SharedPages
 * @property {number} asked how many searches there were
 * @property {Record<string, number>} found how many of them came from where they were to come from
 * @property {Record<string, number>} p50Ms by where they came from
 */

/**
 * Searches areas that nobody has searched: on one instance, then on another, then there once more. One request at a time.
 *
 * @param {import("../lib/graphql.mjs").GraphQlClient[]} clients two or more, one an instance
 * @param {object[]} areas variables of the searches
 * @returns {Promise<SharedPages>}
 */
export async function measureSharedPages(clients, areas) {
  const [one, other] = clients;
  const durationsMs = Object.fromEntries(TIERS.map((tier) => [tier, []]));
  for (const area of areas) {
    for (const [i, client] of [one, other, other].entries()) {
      const beginMs = performance.now();
      const { extensions } = await client.send(searchVendorsNearby, area, { "X-Towline-Cache-Report": "1" });
      const tookMs = performance.now() - beginMs;
      if (extensions?.cache?.["/searchVendorsNearby"]?.tier === TIERS[i]) {
        durationsMs[TIERS[i]].push(tookMs);
      }
      if (i === 0) {
        await sleep(SHARED_WITHIN_MS);
      }
    }
  }
  const each = (of) => Object.fromEntries(TIERS.map((tier) => [tier, of(durationsMs[tier])]));
  return {
    asked: areas.length,
    found: each((durations) => durations.length),
    p50Ms: each((durations) => percentile(durations.toSorted((a, b) => a - b), 50)),
  };
}
