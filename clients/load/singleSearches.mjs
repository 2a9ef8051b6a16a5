import { searchVendorsNearby } from "../lib/operations.mjs";
import { percentile } from "../lib/percentiles.mjs";

/** Where the two answers to the same search are to come from, in this order. */
const TIERS = ["store", "l1"];

/**
 * What it costs to compute a page of a search, and to remember it.
 *
 * @typedef {object} SingleSearches
 * @property {number} asked how many searches there were
 * @property {Record<string, number>} found how many of them came from where they were to come from
 * @property {Record<string, number>} p50Ms by where they came from
 */

/**
 * Searches areas that nobody has searched, each twice. One request at a time.
 *
 * @param {import("../lib/graphql.mjs").GraphQlClient} client
 * @param {object[]} areas variables of the searches
 * @returns {Promise<SingleSearches>}
 */
export async function measureSingleSearches(client, areas) {
  const durationsMs = Object.fromEntries(TIERS.map((tier) => [tier, []]));
  for (const area of areas) {
    for (const tier of TIERS) {
      const beginMs = performance.now();
      const { extensions } = await client.send(searchVendorsNearby, area, { "X-Towline-Cache-Report": "1" });
      const tookMs = performance.now() - beginMs;
      if (extensions?.cache?.["/searchVendorsNearby"]?.tier === tier) {
        durationsMs[tier].push(tookMs);
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
