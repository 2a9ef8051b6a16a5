// The maps that an operator may set, as the service would tell the page and as their servers would serve them.

/** One pixel, which a map enlarges to a tile. */
const TILE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNQSHgAAAIEAWFYJMtfAAAAAElFTkSuQmCC', 'base64');
const COLOR_OF_TILE = [0x20, 0x60, 0xe0];
const PAPER = [0xe0, 0xc0, 0x20];
export const ATTRIBUTION = '© The test';

/** Each with the settings of the page, the answers by path, and the color that the map then has. All is below the address of the service. */
export function baseMaps(service) {
  const archive = `${service}/test/city.pmtiles`;
  return {
    'a style': {
      settings: { styleUrl: `${service}/test/style.json` },
      answers: { '/test/style.json': { json: style(archive) }, '/test/city.pmtiles': archiveOf(TILE) },
      color: COLOR_OF_TILE.map((part, i) => (part + PAPER[i]) / 2),
    },
    'a template of tiles': {
      settings: { tilesUrl: `${service}/test/{z}/{x}/{y}.png`, attribution: ATTRIBUTION },
      answers: { '/test/tile.png': { body: TILE, contentType: 'image/png' } },
      color: COLOR_OF_TILE,
    },
    'a PMTiles archive': {
      settings: { pmtilesUrl: archive },
      answers: { '/test/city.pmtiles': archiveOf(TILE) },
      color: COLOR_OF_TILE,
    },
  };
}

/** Lets a page that is opened afterwards show that map; `missing`: the answer where there is none. Returns the paths that it then asks for. */
export async function setMap(page, { settings, answers, missing = { status: 404 } }) {
  const asked = [];
  await page.route('**/web/settings.json', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), map: { attribution: null, ...settings } } });
  });
  await page.route('**/test/**', (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(pathname);
    const answer = answers[pathname.replace(/\/\d+\/\d+\/\d+\.png$/, '/tile.png')];
    return route.fulfill(answer instanceof Buffer ? part(answer, route.request().headers().range) : (answer ?? missing));
  });
  return asked;
}

/** How much of the map, without what stands above it, has about that color: 0 to 1. */
export async function shareOfColor(page, color) {
  await page.addStyleTag({ content: '.maplibregl-marker, .maplibregl-ctrl, .map-buttons { visibility: hidden }' });
  const picture = (await page.locator('.canvas canvas').screenshot()).toString('base64');
  return page.evaluate(async ([base64, wanted]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
    canvas.drawImage(image, 0, 0);
    const { data } = canvas.getImageData(0, 0, image.width, image.height);
    let count = 0;
    for (let i = 0; i < data.length; i += 4) {
      count += wanted.every((value, channel) => Math.abs(data[i + channel] - value) <= 8) ? 1 : 0;
    }
    return count / (data.length / 4);
  }, [picture, color]);
}

/** Half of what the archive shows, half paper. */
function style(archive) {
  return {
    version: 8,
    sources: { images: { type: 'raster', tileSize: 256, url: `pmtiles://${archive}` } },
    layers: [
      { id: 'paper', type: 'background', paint: { 'background-color': `rgb(${PAPER})` } },
      { id: 'images', type: 'raster', source: 'images', paint: { 'raster-opacity': 0.5 } },
    ],
  };
}

/** A PMTiles archive, version 3, in which each tile of the zooms 0 to 14 is that image. */
function archiveOf(png) {
  const tiles = (4 ** 15 - 1) / 3;
  // one entry: its first tile, for how many it holds, its length, and its offset plus one
  const directory = Buffer.from([1, 0, tiles, png.length, 1].flatMap(varint));
  const metadata = Buffer.from(JSON.stringify({ attribution: ATTRIBUTION }));
  const header = Buffer.alloc(127);
  header.write('PMTiles', 0);
  header.writeUInt8(3, 7);
  const metadataAt = header.length + directory.length;
  const tilesAt = metadataAt + metadata.length;
  [header.length, directory.length, metadataAt, metadata.length, tilesAt, 0, tilesAt, png.length, tiles, 1, 1].forEach((number, i) =>
    header.writeBigUInt64LE(BigInt(number), 8 + 8 * i));
  // clustered, neither the directory nor the tiles compressed, PNG, zooms, and the whole world
  [1, 1, 1, 2, 0, 14].forEach((number, i) => header.writeUInt8(number, 96 + i));
  [-180, -85, 180, 85].forEach((degrees, i) => header.writeInt32LE(degrees * 1e7, 102 + 4 * i));
  return Buffer.concat([header, directory, metadata, png]);
}

function varint(number) {
  return number < 128 ? [number] : [(number % 128) + 128, ...varint(Math.floor(number / 128))];
}

/** As a server answers a request of a range. */
function part(file, range) {
  const [from, to] = range.match(/\d+/g).map(Number);
  const body = file.subarray(from, to + 1);
  return { status: 206, body, headers: { 'content-range': `bytes ${from}-${from + body.length - 1}/${file.length}` } };
}
