import { limiter } from "../lib/limiter.mjs";
import { metered } from "./meter.mjs";
import { runOpenLoop } from "./openLoop.mjs";
import { summarizeDurations } from "../lib/percentiles.mjs";
import { playerOf } from "./player.mjs";

const AT_ONCE = [4, 8, 16, 32, 64];

/** Of the highest rate of a closed loop: at all of it, an open one queues up. */
const SUSTAINED = 0.9;

/**
 * One side of the comparison.
 *
 * @typedef {object} Side
 * @property {number} sustained the most queries a second
 * @property {ReturnType<typeof summarizeDurations>} latencyMs at the common rate, of queries
 * @property {number} cpuMsPerQuery of the services
 * @property {number} readsPer1000Queries
 */

/**
 * Plays one trace with the cache and without: how much each side can take, and what a query costs at the rate that both can.
 *
 * @param {{urls: string[], clients: import("../lib/graphql.mjs").GraphQlClient[]}} cached
 * @param {{urls: string[], clients: import("../lib/graphql.mjs").GraphQlClient[]}} uncached
 * @param {import("./mixedCity.mjs").MixedCity} city
 * @param {import("./trace.mjs").Operation[]} trace
 * @param {{seconds: number, rampSeconds: number, inFlight: number, isPlain?: boolean}} settings `rampSeconds` for each step on the way to
 *   the highest rate; `isPlain` as of playerOf
 * @param {(text: string) => void} say
 * @returns {Promise<{ratePerSecond: number, cached: Side, uncached: Side}>}
 */
export async function compare(cached, uncached, city, trace, { seconds, rampSeconds, inFlight, isPlain }, say) {
  const highest = {};
  for (const [name, { clients }] of [["without", uncached], ["with", cached]]) {
    highest[name] = await highestRate(playerOf(clients, city, { isPlain }), trace, rampSeconds);
    say(`${name} it: at most ${highest[name].operations.toFixed(0)} operations/s`);
  }
  const ratePerSecond = SUSTAINED * highest.without.operations;
  const sideOf = async ({ urls, clients }, { queries }) => {
    const player = playerOf(clients, city, { isPlain });
    const pass = limiter(inFlight);
    const call = (i, dueMs) => pass(() => player.play(trace[i % trace.length], dueMs));
    const { metered: used } = await metered(urls, () => runOpenLoop({ ratePerSecond, seconds, call }));
    const { tracking = [], profile = [], search = [] } = player.log.latenciesMs;
    const latencyMs = summarizeDurations([...tracking, ...profile, ...search]);
    const reads = Object.values(used.reads).reduce((sum, count) => sum + count, 0);
    return {
      sustained: queries,
      latencyMs,
      cpuMsPerQuery: used.cpuMs / latencyMs.count,
      readsPer1000Queries: (1_000 * reads) / latencyMs.count,
    };
  };
  return {
    ratePerSecond,
    uncached: await sideOf(uncached, highest.without),
    cached: await sideOf(cached, highest.with),
  };
}

/** In a closed loop: more and more at once, as long as that brings more. */
async function highestRate(player, trace, seconds) {
  let best = { operations: 0, queries: 0 };
  let next = 0;
  for (const atOnce of AT_ONCE) {
    const reached = await closedLoop(atOnce, seconds, () => trace[next++ % trace.length], player);
    if (reached.operations < 1.05 * best.operations) {
      return reached.operations > best.operations ? reached : best;
    }
    best = reached;
  }
  return best;
}

/** What fails does not count. */
async function closedLoop(atOnce, forSeconds, nextOperation, player) {
  const beginMs = performance.now();
  const endMs = beginMs + 1_000 * forSeconds;
  let operations = 0;
  let queries = 0;
  const worker = async () => {
    while (performance.now() < endMs) {
      const operation = nextOperation();
      const isDone = await player.play(operation).then(
        () => true,
        () => false,
      );
      operations += isDone ? 1 : 0;
      queries += isDone && operation.kind !== "move" ? 1 : 0;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const seconds = (performance.now() - beginMs) / 1_000;
  return { operations: operations / seconds, queries: queries / seconds };
}
