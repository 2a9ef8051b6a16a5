import { scrape } from "./prometheus.mjs";

const EVERY_MS = 10_000;

/** What may grow in a service, by the metric that tells of it and its unit. */
const WATCHED = [
  { what: "heap used", unit: "MiB", of: ({ name, labels }) => name === "jvm_memory_used_bytes" && labels.area === "heap", per: 2 ** 20 },
  { what: "other memory of the JVM", unit: "MiB", of: ({ name, labels }) => name === "jvm_memory_used_bytes" && labels.area === "nonheap", per: 2 ** 20 },
  { what: "threads", unit: "", of: ({ name }) => name === "jvm_threads_live_threads", per: 1 },
  { what: "open files", unit: "", of: ({ name }) => name === "process_files_open_files", per: 1 },
  { what: "streams", unit: "", of: ({ name }) => name === "towline_live_watchers", per: 1 },
];

/**
 * One thing in the first and in the last tenth of a run, on average.
 *
 * @typedef {object} Growth
 * @property {string} what
 * @property {string} unit empty for a count
 * @property {number} first
 * @property {number} last
 */

/**
 * Asks a service every ten seconds what may grow in it. An answer that does not come is left out.
 *
 * @param {string} url of its GraphQL endpoint
 * @param {number} [everyMs]
 * @returns {() => Promise<Growth[]>} ends it
 */
export function watchGrowth(url, everyMs = EVERY_MS) {
  const scrapes = [];
  const sample = () => scrape(url).then((samples) => scrapes.push(samples), () => {});
  const first = sample();
  const timer = setInterval(sample, everyMs);
  return async () => {
    clearInterval(timer);
    await first;
    await sample();
    return growthOf(scrapes);
  };
}

/**
 * @param {readonly (readonly import("./prometheus.mjs").Sample[])[]} scrapes at equal intervals
 * @returns {Growth[]} of what the service tells of
 */
export function growthOf(scrapes) {
  const tenth = Math.max(1, Math.round(scrapes.length / 10));
  return WATCHED.flatMap(({ what, unit, of, per }) => {
    const values = scrapes.flatMap((samples) => {
      const found = samples.filter(of);
      return found.length === 0 ? [] : [sum(found.map(({ value }) => value)) / per];
    });
    return values.length === 0 ? [] : [{ what, unit, first: mean(values.slice(0, tenth)), last: mean(values.slice(-tenth)) }];
  });
}

function mean(values) {
  return sum(values) / values.length;
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}
