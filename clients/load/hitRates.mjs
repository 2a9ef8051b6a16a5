const HITS = new Set(["hit", "stale", "renewed"]);
/** Of fewer lookups a share says little: most of them ask for something the first time. */
const LEAST_LOOKUPS = 200;

const LOOKUPS = new Set([...HITS, "miss"]);

/**
 * The share of hits by field, of the lookups that asked the cache; fields with fewer than 200 of them are left out.
 *
 * @param {readonly import("./prometheus.mjs").Sample[]} samples what the service counted during the run
 * @returns {Record<string, number>} by the name of the field, without its type
 */
export function hitRatesOf(samples) {
  const counts = {};
  for (const { name, labels, value } of samples) {
    if (name === "towline_cache_requests_total" && LOOKUPS.has(labels.result) && value > 0) {
      const field = labels.field.split(".").at(-1);
      const entry = (counts[field] ??= { hits: 0, lookups: 0 });
      entry.lookups += value;
      entry.hits += HITS.has(labels.result) ? value : 0;
    }
  }
  return Object.fromEntries(
    Object.entries(counts)
      .filter(([, { lookups }]) => lookups >= LEAST_LOOKUPS)
      .map(([field, { hits, lookups }]) => [field, hits / lookups]),
  );
}
