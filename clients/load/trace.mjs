/**
 * One operation of the mixed run.
 *
 * @typedef {object} Operation
 * @property {"tracking" | "profile" | "search" | "move"} kind
 * @property {number} key which session, vendor or area
 * @property {number} instance which one is asked
 * @property {number} [client] one that remembers what it has seen and says so; absent: one that does not
 */

const EXPONENT = 1.2;
const MOVES = 0.05;
const OF_QUERIES = { tracking: 0.7, profile: 0.15 };

/** Of tracking queries and moves, so many are by clients that say what they have seen. */
const SEEING = 0.2;
const SEEING_CLIENTS = 20;

/**
 * What is asked, in order, decided before anything is measured. Sessions and vendors are popular by Zipf's law, areas alike. Vehicles
 * that are watched more move more often: what changes and what is asked for meet as often as they can.
 *
 * @param {import("../lib/random.mjs").Random} random
 * @param {{operations: number, instances: number, sessions: number, active: number, vendors: number, areas: number}} sizes the first
 *   `active` sessions are those that can move
 * @returns {Operation[]}
 */
export function traceOf(random, { operations, instances, sessions, active, vendors, areas }) {
  const session = zipf(random, sessions);
  const vendor = zipf(random, vendors);
  const instanceOf = Array.from({ length: SEEING_CLIENTS }, () => random.integer(0, instances - 1));
  const someone = () => {
    if (random.next() >= SEEING) {
      return { instance: random.integer(0, instances - 1) };
    }
    const client = random.integer(0, SEEING_CLIENTS - 1);
    instanceOf[client] = (instanceOf[client] + 1) % instances;
    return { instance: instanceOf[client], client };
  };
  return Array.from({ length: operations }, () => {
    if (random.next() < MOVES) {
      return { kind: "move", key: until(session, (key) => key < active), ...someone() };
    }
    const share = random.next();
    if (share < OF_QUERIES.tracking) {
      return { kind: "tracking", key: session(), ...someone() };
    }
    const instance = random.integer(0, instances - 1);
    return share < OF_QUERIES.tracking + OF_QUERIES.profile
      ? { kind: "profile", key: vendor(), instance }
      : { kind: "search", key: random.integer(0, areas - 1), instance };
  });
}

/**
 * Draws 0 to count - 1, of which the most popular one comes 2^1.2 times as often as the second and so on; which one that is, is random.
 *
 * @param {import("../lib/random.mjs").Random} random
 * @param {number} count
 * @returns {() => number}
 */
export function zipf(random, count) {
  const upTo = [];
  let total = 0;
  for (let rank = 1; rank <= count; rank++) {
    upTo.push((total += rank ** -EXPONENT));
  }
  const keys = shuffled(random, count);
  return () => keys[firstAbove(upTo, random.next() * total)];
}

function shuffled(random, count) {
  const keys = Array.from({ length: count }, (_, key) => key);
  for (let last = count - 1; last > 0; last--) {
    const other = random.integer(0, last);
    [keys[last], keys[other]] = [keys[other], keys[last]];
  }
  return keys;
}

function firstAbove(ascending, value) {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] > value) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

function until(draw, isFit) {
  let drawn = draw();
  while (!isFit(drawn)) {
    drawn = draw();
  }
  return drawn;
}
