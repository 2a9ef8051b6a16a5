// Writes name.br and name.gz beside every static file that gets smaller by it: node .ci/compressStatic.mjs target/classes/static
// A copy that has the time of its file is up to date.
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const LEAST_BYTES = 1024;
const TEXT = new Set(['.css', '.html', '.js', '.json', '.map', '.mjs', '.svg', '.ttf', '.txt', '.wasm', '.webmanifest', '.xml']);

const CODINGS = {
  '.br': (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  '.gz': (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

/** In whole milliseconds, which is what can be set; undefined if there is no such file. */
async function timeOf(path) {
  try {
    return Math.round((await stat(path)).mtimeMs);
  } catch {
    return undefined;
  }
}

async function compress(file) {
  if ((await stat(file)).size < LEAST_BYTES) return;
  const time = await timeOf(file);
  for (const [extension, encode] of Object.entries(CODINGS)) {
    if ((await timeOf(file + extension)) === time) continue;
    const bytes = await readFile(file);
    const encoded = await encode(bytes);
    await writeFile(file + extension, encoded);
    await utimes(file + extension, new Date(time), new Date(time));
  }
}

const [folder] = process.argv.slice(2);
let names = [];
try {
  names = await readdir(folder, { recursive: true });
} catch (missing) {
  if (missing.code !== 'ENOENT') throw missing;
}
await Promise.all(names.filter((name) => TEXT.has(extname(name))).map((name) => compress(join(folder, name))));
