/** A dense place, a large one, and one with next to nothing. */
export const TOWNS = {
  London: { latitude: 51.5074, longitude: -0.1278 },
  "New York": { latitude: 40.7128, longitude: -74.006 },
  Wyoming: { latitude: 43.0, longitude: -107.5 },
};

const RADII_MILES = [10, 50, 150];
const FILTER = { capabilities: ["TOWING"], availableOnly: true, minRating: 2 };

/** About 700 m, so that searches are alike but no two are the same. */
const JITTER_DEGREES = 0.01;

/**
 * Searches of one kind.
 *
 * @typedef {object} Part
 * @property {string} name
 * @property {boolean} isCached whether all its searches are the same one
 * @property {boolean} isCounted whether they ask for `totalCount`
 * @property {(index: number) => object} variables of the search with that number
 */

/**
 * Each place with each radius: computed, with a filter, without `totalCount`, and remembered.
 *
 * @param {import("../lib/random.mjs").Random} random
 * @param {number} count searches of a part, after which they repeat
 * @returns {Part[]}
 */
export function nearbyParts(random, count) {
  return Object.entries(TOWNS).flatMap(([town, center]) =>
    RADII_MILES.flatMap((radiusMiles) => {
      const name = `${town}, ${radiusMiles} miles`;
      const near = () => jittered(random, center, count);
      return [
        part(name, near(), { radiusMiles }),
        part(`${name}, filtered`, near(), { radiusMiles, filter: FILTER }),
        { ...part(`${name}, not counted`, near(), { radiusMiles }), isCounted: false },
        { ...part(`${name}, remembered`, () => center, { radiusMiles }), isCached: true },
      ];
    }),
  );
}

function part(name, near, rest) {
  return {
    name,
    isCached: false,
    isCounted: true,
    variables: (index) => ({ near: near(index), first: 20, ...rest }),
  };
}

function jittered(random, { latitude, longitude }, count) {
  const all = Array.from({ length: Math.ceil(count) }, () => ({
    latitude: latitude + random.between(-JITTER_DEGREES, JITTER_DEGREES),
    longitude: longitude + random.between(-JITTER_DEGREES, JITTER_DEGREES),
  }));
  // a number beyond them, as in the warm-up, makes another search
  return (index) =>
    index < all.length ? all[index] : { latitude: latitude + (index % 10_000) / 1e6, longitude: longitude - index / 1e12 };
}
