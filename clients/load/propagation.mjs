import { setTimeout as sleep } from "node:timers/promises";

const EVERY_MS = 500;
const POLL_MS = 4;
const PATIENCE_MS = 2_000;

/**
 * Now and then moves a vehicle on one instance and asks another, which remembers what was before, until it shows the move.
 *
 * @param {ReturnType<typeof import("./player.mjs").playerOf>} player
 * @param {import("../lib/random.mjs").Random} random
 * @param {{active: number, instances: number, seconds: number}} settings
 * @returns {Promise<number[]>} milliseconds from the acknowledgement to the sending of the first query that showed it; infinite for
 *   those that none showed
 */
export async function watchPropagation(player, random, { active, instances, seconds }) {
  const endMs = performance.now() + 1_000 * seconds;
  const delaysMs = [];
  while (performance.now() + EVERY_MS < endMs) {
    await sleep(EVERY_MS);
    const from = random.integer(0, instances - 1);
    delaysMs.push(await delayOf(player, random.integer(0, active - 1), from, (from + 1) % instances));
  }
  return delaysMs;
}

async function delayOf(player, key, from, to) {
  await player.ask("tracking", key, to);
  const version = await player.move(key, from);
  const acknowledgedMs = performance.now();
  let shownMs = Infinity;
  const polls = [];
  // Each at its time, though earlier ones may not have been answered: a slow answer is no late one.
  while (shownMs === Infinity && performance.now() < acknowledgedMs + PATIENCE_MS) {
    const sentMs = performance.now();
    const poll = player.ask("tracking", key, to).then((session) => {
      shownMs = session.version >= version ? Math.min(shownMs, sentMs) : shownMs;
    });
    polls.push(poll);
    await sleep(POLL_MS);
  }
  await Promise.all(polls);
  return shownMs - acknowledgedMs;
}
