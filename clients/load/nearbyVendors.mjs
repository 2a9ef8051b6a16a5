import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { concurrently } from "../lib/concurrently.mjs";
import { registerVendor } from "../lib/operations.mjs";

const FILES = ["vendors_geonames_places.csv.gz", "vendors_uk_mot_garages.csv.gz"];
const CAPABILITIES = ["TOWING", "TIRE_REPAIR", "ENGINE_REPAIR", "BATTERY_JUMP", "FUEL_DELIVERY", "LOCKOUT", "WINCHING"];
const CONCURRENCY = 32;
const PROGRESS_EVERY = 5_000;

/**
 * Places with positions: those of the folder, or made-up ones that crowd around the towns.
 *
 * @param {string | undefined} folder with the recorded vendors
 * @param {import("../lib/random.mjs").Random} random
 * @param {number} count of the made-up ones
 * @param {readonly {latitude: number, longitude: number}[]} towns
 * @returns {Promise<{name: string, position: {latitude: number, longitude: number}}[]>}
 */
export async function places(folder, random, count, towns) {
  if (folder === undefined) {
    return Array.from({ length: count }, (_, i) => {
      const { latitude, longitude } = random.pick(towns);
      return {
        name: `Nearby vendor ${i}`,
        position: { latitude: latitude + random.between(-1, 1), longitude: longitude + random.between(-1, 1) },
      };
    });
  }
  const all = [];
  for (const file of FILES) {
    const lines = createInterface({ input: createReadStream(join(folder, file)).pipe(createGunzip()) });
    for await (const line of lines) {
      all.push(placeOf(line));
    }
  }
  return all.filter(({ position }) => Number.isFinite(position.latitude));
}

/** Names have commas and quotes, the columns behind them do not. */
export function placeOf(line) {
  const fields = line.split(",");
  const [latitude, longitude] = fields.slice(-3, -1).map(Number);
  const name = fields.slice(1, -3).join(",").replace(/^"|"$/g, "").replaceAll('""', '"');
  return { name: name.trim() === "" ? "Unnamed" : name.slice(0, 200), position: { latitude, longitude } };
}

/**
 * Registers a vendor with random properties at each place.
 *
 * @param {import("../lib/graphql.mjs").GraphQlClient} client
 * @param {import("../lib/random.mjs").Random} random
 * @param {readonly {name: string, position: object}[]} all
 * @param {(registered: number) => void} progress
 */
export async function registerAll(client, random, all, progress) {
  const inputs = all.map((place) => ({
    ...place,
    capabilities: CAPABILITIES.filter(() => random.next() < 2 / 3),
    rating: random.next() < 0.2 ? null : random.integer(0, 50) / 10,
  }));
  let registered = 0;
  await concurrently(inputs, CONCURRENCY, async (input) => {
    await client.execute(registerVendor, { input });
    if (++registered % PROGRESS_EVERY === 0) {
      progress(registered);
    }
  });
}
