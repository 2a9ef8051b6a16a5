/**
 * A seeded source of numbers, so that two runs with one seed do the same thing.
 *
 * @typedef {object} Random
 * @property {() => number} next a number in [0, 1)
 * @property {(low: number, high: number) => number} between a number in [low, high)
 * @property {(low: number, high: number) => number} integer a whole number in low..high, both included
 * @property {<T>(items: readonly T[]) => T} pick one of the items
 */

/**
 * Mulberry32: small and good enough for test data, not for secrets.
 *
 * @param {number} seed any whole number
 * @returns {Random}
 */
export function seededRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low, high) => low + next() * (high - low);
  const integer = (low, high) => Math.floor(between(low, high + 1));
  return {
    next,
    between,
    integer,
    pick: (items) => items[integer(0, items.length - 1)],
  };
}
