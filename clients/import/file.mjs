import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { UsageError } from "../lib/options.mjs";

/** The media types of the service. */
const MEDIA_TYPES = { csv: "text/csv", ndjson: "application/x-ndjson" };

const BY_ENDING = { csv: "csv", ndjson: "ndjson", jsonl: "ndjson" };

/**
 * A file to import.
 *
 * @typedef {object} ImportFile
 * @property {string} path
 * @property {"csv" | "ndjson"} format
 * @property {string} mediaType
 * @property {boolean} isPacked
 * @property {number} fileBytes as it lies on the disk
 * @property {string} sha256 hexadecimal, of what it has when it is not packed
 * @property {string} uploadId what the service calls it
 */

/**
 * Reads a file once, for its hash.
 *
 * @param {string} path
 * @param {"csv" | "ndjson" | undefined} format absent: by the name
 * @returns {Promise<ImportFile>}
 * @throws {UsageError} if it cannot be read, or its name does not say what it is
 */
export async function describeFile(path, format) {
  const isPacked = path.endsWith(".gz");
  const known = format ?? formatOf(path);
  if (known === undefined) {
    throw new UsageError(`${path}: say by --format whether it is csv or ndjson`);
  }
  try {
    const { size } = await stat(path);
    const sha256 = await hashOf(path, isPacked);
    return {
      path,
      format: known,
      mediaType: MEDIA_TYPES[known],
      isPacked,
      fileBytes: size,
      sha256,
      uploadId: `${known}-${sha256}`,
    };
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error.message}`);
  }
}

/** By the ending of the name, before `.gz`. */
export function formatOf(path) {
  const [ending] = path.replace(/\.gz$/, "").toLowerCase().match(/[^.]*$/) ?? [];
  return BY_ENDING[ending];
}

async function hashOf(path, isPacked) {
  const hash = createHash("sha256");
  const steps = isPacked ? [createGunzip()] : [];
  await pipeline(createReadStream(path), ...steps, hash);
  return hash.digest("hex");
}
