import { difference, quantile, scrape, sumBy } from "./prometheus.mjs";

const READS = new Set(["GetItem", "BatchGetItem", "Query", "Scan"]);

/**
 * What the services themselves counted while something ran.
 *
 * @typedef {object} Metered
 * @property {Record<string, number>} reads of DynamoDB, by operation; GetItem is what writes read first
 * @property {number} cpuMs of all services together
 * @property {number} missedMessages how often an instance may not have heard another, and so forgot everything
 * @property {Record<string, number>} answers lookups of whole answers, by their result
 * @property {number} bytesPerAnswer what instances estimate for a whole answer at the end; NaN if there is none
 * @property {number} propagationP99Ms from sending to hearing, the upper bound of its bucket; NaN if nothing was heard
 */

/**
 * @template T
 * @param {string[]} urls of the services' GraphQL endpoints
 * @param {() => Promise<T>} work
 * @returns {Promise<{result: T, metered: Metered}>}
 */
export async function metered(urls, work) {
  const before = await scrapeAll(urls);
  const result = await work();
  const after = await scrapeAll(urls);
  const counted = difference(before, after);
  const memory = (name) => sumBy(after, name, "memory").answers ?? 0;
  const calls = sumBy(counted, "towline_dynamo_calls_seconds_count", "operation");
  const cpuNanos = counted.find(({ name }) => name === "process_cpu_time_ns_total")?.value ?? NaN;
  return {
    result,
    metered: {
      reads: Object.fromEntries(Object.entries(calls).filter(([operation, count]) => READS.has(operation) && count > 0)),
      missedMessages: sumBy(counted, "towline_coherence_messages_total", "kind").missed ?? 0,
      answers: sumBy(counted, "towline_cache_answers_total", "result"),
      bytesPerAnswer: memory("towline_cache_weight") / memory("towline_cache_entries"),
      cpuMs: cpuNanos / 1e6,
      propagationP99Ms: 1_000 * quantile(counted, "towline_coherence_propagation_seconds", 0.99),
    },
  };
}

async function scrapeAll(urls) {
  return (await Promise.all(urls.map(scrape))).flat();
}
