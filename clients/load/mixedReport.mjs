import { table } from "../lib/table.mjs";
import { idealHits } from "./idealCache.mjs";
import { percentile, summarizeDurations } from "../lib/percentiles.mjs";

const HITS = ["hit", "stale", "renewed"];

/** How many of an ideal cache's hits there are to be at least. */
const OF_IDEAL = 0.98;

/** How many hits there are to be at least, at the full size. */
const HIT_RATES = { searchVendorsNearby: 0.6, getVendor: 0.8, getTrackingSession: 0.7 };

const PROPAGATION_P99_MS = 50;

/** The kinds of operations that are queries. */
const QUERIES = ["tracking", "profile", "search"];

/**
 * One field's figures.
 *
 * @typedef {object} FieldReport
 * @property {string} field
 * @property {number} queries
 * @property {Record<string, number>} results
 * @property {number} hitRate
 * @property {number} idealHitRate
 * @property {number} ofIdeal
 */

/**
 * @param {import("./player.mjs").Log} log
 * @param {{isRenewing: boolean}} policy
 * @returns {FieldReport[]}
 */
export function fieldReports(log, policy) {
  const ideal = idealHits(log.happenings, policy);
  return Object.entries(log.results).map(([field, results]) => {
    const queries = sum(Object.values(results));
    const hitRate = sum(HITS.map((name) => results[name] ?? 0)) / queries;
    const idealHitRate = ideal[field].hits / ideal[field].lookups;
    return { field, queries, results, hitRate, idealHitRate, ofIdeal: hitRate / idealHitRate };
  });
}

/** All figures of a run, as `--json` prints them. */
export function mixedReport({ log, loop, seconds, found, metered, propagationMs, singleSearches, isRenewing, settings }) {
  const fields = fieldReports(log, { isRenewing });
  const queries = sum(QUERIES.map((kind) => log.latenciesMs[kind]?.length ?? 0));
  const reads = sum(Object.values(metered.reads));
  const sorted = propagationMs.toSorted((a, b) => a - b);
  const report = {
    settings,
    queries,
    queriesPerSecond: queries / seconds,
    failed: sum(Object.values(loop.errors)),
    errors: loop.errors,
    fields,
    missReasons: log.reasons,
    violations: found,
    propagationMs: { count: sorted.length, p50: percentile(sorted, 50), p99: percentile(sorted, 99) },
    messageP99Ms: metered.propagationP99Ms,
    missedMessages: metered.missedMessages,
    singleSearches,
    reads: metered.reads,
    readsPer1000Queries: (1_000 * reads) / queries,
    // what writes read first is no matter of the cache
    readsOfQueriesPer1000Queries: (1_000 * (reads - (metered.reads.GetItem ?? 0))) / queries,
    answers: metered.answers,
    answersHitRate: (metered.answers.hit ?? 0) / sum(Object.values(metered.answers)),
    bytesPerAnswer: metered.bytesPerAnswer,
    serviceCpuMsPerQuery: metered.cpuMs / queries,
    latencyMs: Object.fromEntries(
      Object.entries(log.latenciesMs).map(([kind, durations]) => [kind, summarizeDurations(durations)]),
    ),
  };
  return { missed: missedBy(report), ...report };
}

/** What the run was to show and did not. */
function missedBy({ failed, fields, violations, propagationMs }) {
  const missed = [];
  const require = (isMet, text) => isMet || missed.push(text);
  require(failed === 0, `${failed} operations failed`);
  require(violations.ownWrites === 0, `${violations.ownWrites} answers older than what the instance had acknowledged`);
  require(violations.seen === 0, `${violations.seen} answers older than what the client had seen`);
  for (const { field, hitRate, ofIdeal } of fields) {
    require(ofIdeal >= OF_IDEAL, `${field}: ${percents(ofIdeal)} of the ideal hit rate, not ${percents(OF_IDEAL)}`);
    require(hitRate > HIT_RATES[field], `${field}: hit rate ${percents(hitRate)}, not ${percents(HIT_RATES[field])}`);
  }
  require(propagationMs.p99 < PROPAGATION_P99_MS, `propagation p99 ${tenths(propagationMs.p99)} ms`);
  return missed;
}

/** @returns {string} for a person */
export function mixedText(report) {
  const { fields, violations, propagationMs, reads } = report;
  const hits = table(
    ["field", "queries", "hit", "stale", "renewed", "miss", "joined", "other", "hit rate", "ideal", "of ideal"],
    fields.map(({ field, queries, results, hitRate, idealHitRate, ofIdeal }) => [
      field,
      queries,
      ...["hit", "stale", "renewed", "miss", "joined", "bypass"].map((name) => results[name] ?? 0),
      ...[hitRate, idealHitRate, ofIdeal].map(percents),
    ]),
  );
  const latencies = table(
    ["ms from when it was due", "count", "p50", "p95", "p99", "max"],
    Object.entries(report.latencyMs).map(([kind, { count, p50, p95, p99, max }]) => [
      kind,
      count,
      ...[p50, p95, p99, max].map(tenths),
    ]),
  );
  return [
    hits,
    "",
    latencies,
    "",
    `${tenths(report.queriesPerSecond)} queries/s, ${report.failed} operations failed`,
    ...Object.entries(report.errors).map(([message, count]) => `  ${count} × ${message}`),
    `violations: (a) ${violations.ownWrites} of ${violations.answers} answers, (b) ${violations.seen} of ${violations.withSeen}`,
    ...violations.examples.map((example) => `  ${example}`),
    `propagation: p50 ${tenths(propagationMs.p50)} ms, p99 ${tenths(propagationMs.p99)} ms of ${propagationMs.count}; ` +
      `messages by themselves p99 at most ${tenths(report.messageP99Ms)} ms, missed ${report.missedMessages} times`,
    `DynamoDB: ${tenths(report.readsPer1000Queries)} reads per 1,000 queries (${listed(reads)}), ` +
      `${tenths(report.readsOfQueriesPer1000Queries)} without what the moves read first`,
    `CPU of the services: ${hundredths(report.serviceCpuMsPerQuery)} ms a query`,
    `whole answers: ${percents(report.answersHitRate)} of lookups found one (${listed(report.answers)}), ` +
      `about ${report.bytesPerAnswer.toFixed(0)} bytes each`,
    singleSearchesText(report.singleSearches),
    `misses by reason: ${listed(report.missReasons)}`,
    ...(report.comparison ? ["", comparisonText(report.comparison)] : []),
    "",
    ...(report.missed.length === 0 ? ["every goal met"] : report.missed.map((text) => `MISSED: ${text}`)),
  ].join("\n");
}

function singleSearchesText({ asked, found, p50Ms }) {
  const times = Object.entries(p50Ms).map(([tier, ms]) => `${tier} ${hundredths(ms)} ms (${found[tier]} of ${asked})`);
  return `a search by itself, p50 by where it came from: ${times.join(", ")}; l1 to store ${hundredths(p50Ms.l1 / p50Ms.store)}`;
}

function comparisonText({ ratePerSecond, cached, uncached }) {
  const figures = [
    ["highest queries/s", ({ sustained }) => sustained],
    [`at ${tenths(ratePerSecond)} operations/s: p50 ms`, ({ latencyMs }) => latencyMs.p50],
    ["p95 ms", ({ latencyMs }) => latencyMs.p95],
    ["p99 ms", ({ latencyMs }) => latencyMs.p99],
    ["CPU ms of the services per query", ({ cpuMsPerQuery }) => cpuMsPerQuery],
    ["DynamoDB reads per 1,000 queries", ({ readsPer1000Queries }) => readsPer1000Queries],
  ];
  return table(
    ["the same trace", "with it", "without", "ratio"],
    figures.map(([name, of]) => [
      name,
      hundredths(of(cached)),
      hundredths(of(uncached)),
      hundredths(of(cached) / of(uncached)),
    ]),
  );
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const listed = (counts) => Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(", ") || "none";
const percents = (share) => `${(100 * share).toFixed(1)} %`;
const tenths = (number) => number.toFixed(1);
const hundredths = (number) => number.toFixed(2);
