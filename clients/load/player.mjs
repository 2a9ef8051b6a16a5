import { followTrackingSession, getVendor, moveVehicle, searchVendorsNearby } from "../lib/operations.mjs";
import { freshness } from "./freshness.mjs";
import { movement } from "./operations.mjs";

const FIELDS = { tracking: "getTrackingSession", profile: "getVendor", search: "searchVendorsNearby" };
const DOCUMENTS = { tracking: followTrackingSession, profile: getVendor, search: searchVendorsNearby };
const MOVED = new Set(["STORED", "LIVE_ONLY", "LATE"]);

/** So many sessions a client remembers the versions of. */
const REMEMBERED = 10;

/**
 * What was measured while operations were played.
 *
 * @typedef {object} Log
 * @property {import("./idealCache.mjs").Happening[]} happenings
 * @property {Record<string, Record<string, number>>} results by field: how often each result; joined is a miss that waited for a load
 *   that somebody else had begun
 * @property {Record<string, number>} reasons of misses, by field and reason
 * @property {Record<string, number[]>} latenciesMs by kind of operation
 */

/**
 * Plays the operations of a trace and writes down what came of them. What an answer was promised to be is checked always; the rest
 * counts only where it is asked to.
 *
 * @param {import("../lib/graphql.mjs").GraphQlClient[]} clients one an instance
 * @param {import("./mixedCity.mjs").MixedCity} city
 * @param {{isPlain?: boolean}} [settings] plain clients ask for no cache report and do not say what they have seen, as most do. Only they get
 *   whole answers, and their results are not counted by field
 */
export function playerOf(clients, city, { isPlain = false } = {}) {
  const fresh = freshness();
  const log = newLog();
  const memories = new Map();
  const lastFixMs = new Map();

  /** Gives the answer's value. `dueMs`: when it should have been sent, absent where it does not count. */
  async function ask(kind, key, instance, { memory, dueMs } = {}) {
    const field = FIELDS[kind];
    const isCounted = dueMs !== undefined;
    const atMs = performance.now();
    const check = kind === "tracking" ? fresh.begun(instance, key, isPlain ? undefined : memory?.get(key)) : undefined;
    const headers = isPlain ? {} : { "X-Towline-Cache-Report": "1", ...seenHeader(memory, city) };
    const { data, extensions } = await clients[instance].send(DOCUMENTS[kind], variables(kind, key, city), headers);
    const value = data[field];
    if (value === null) {
      throw new Error(`UNEXPECTED: no ${field} of ${key}`);
    }
    const isLast = kind === "tracking" && key >= city.active;
    log.happenings.push({ atMs, field, key, instance, isLast, isCounted });
    if (isCounted) {
      if (!isPlain) {
        count(log, field, extensions.cache[`/${field}`]);
      }
      note(log.latenciesMs, kind, performance.now() - dueMs);
    }
    if (kind === "tracking") {
      check(value.version);
      remember(memory, key, value.version);
    }
    return value;
  }

  /** Gives the version that the instance has acknowledged. */
  async function move(key, instance, { memory, dueMs } = {}) {
    const fixMs = Math.max(Date.now(), (lastFixMs.get(key) ?? 0) + 1);
    lastFixMs.set(key, fixMs);
    const location = movement(city.areas[key % city.areas.length].near, fixMs);
    const input = { sessionId: city.sessionIds[key], location };
    const { outcome, reason, session } = (await clients[instance].execute(moveVehicle, { input })).updateLocation;
    if (!MOVED.has(outcome)) {
      throw new Error(`UNEXPECTED: outcome ${outcome}: ${reason}`);
    }
    const atMs = performance.now();
    fresh.acknowledged(instance, key, session.version);
    log.happenings.push({ atMs, field: FIELDS.tracking, key });
    remember(memory, key, session.version);
    if (dueMs !== undefined) {
      note(log.latenciesMs, "move", atMs - dueMs);
    }
    return session.version;
  }

  /** @param {import("./trace.mjs").Operation} operation */
  async function play({ kind, key, instance, client }, dueMs) {
    const memory = client === undefined ? undefined : memoryOf(memories, client);
    if (kind !== "move") {
      await ask(kind, key, instance, { memory, dueMs });
      return;
    }
    await move(key, instance, { memory, dueMs });
    if (memory !== undefined) {
      // at once, here and elsewhere: if anybody is told what was before, it is now
      await Promise.all([
        ask("tracking", key, instance),
        ask("tracking", key, (instance + 1) % clients.length, { memory }),
      ]);
    }
  }

  return { ask, move, play, log, found: fresh.found };
}

function newLog() {
  return { happenings: [], results: {}, reasons: {}, latenciesMs: {} };
}

function count(log, field, { result, tier, reason }) {
  const name = result === "miss" && tier === "flight" ? "joined" : result;
  const results = (log.results[field] ??= {});
  results[name] = (results[name] ?? 0) + 1;
  if (reason) {
    log.reasons[`${field} ${reason}`] = (log.reasons[`${field} ${reason}`] ?? 0) + 1;
  }
}

function note(lists, name, value) {
  (lists[name] ??= []).push(value);
}

function variables(kind, key, city) {
  return kind === "search" ? city.areas[key] : { id: (kind === "profile" ? city.vendorIds : city.sessionIds)[key] };
}

function memoryOf(memories, client) {
  if (!memories.has(client)) {
    memories.set(client, new Map());
  }
  return memories.get(client);
}

function remember(memory, key, version) {
  if (memory === undefined) {
    return;
  }
  const newest = Math.max(version, memory.get(key) ?? 0);
  memory.delete(key);
  memory.set(key, newest);
  if (memory.size > REMEMBERED) {
    memory.delete(memory.keys().next().value);
  }
}

function seenHeader(memory, city) {
  const seen = [...(memory ?? [])].map(([key, version]) => `session:${city.sessionIds[key]}=${version}`);
  return seen.length === 0 ? {} : { "X-Towline-Seen": seen.join(", ") };
}
