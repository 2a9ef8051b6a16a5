// Loaded only where the operator has set a map that may need it. Then sources of styles may be `pmtiles://https://…`.
import { addProtocol } from 'maplibre-gl';
import { PMTiles, Protocol, TileType } from 'pmtiles';

const IMAGES: readonly TileType[] = [TileType.Png, TileType.Jpeg, TileType.Webp, TileType.Avif];

// with what the archive says about itself, such as the attribution
const archives = new Protocol({ metadata: true });
addProtocol('pmtiles', archives.tile);

/** The URL of a raster source. Throws if the archive cannot be read, or if it holds something else, such as vector tiles. */
export async function urlOfImages(url: string): Promise<string> {
  const archive = new PMTiles(url);
  const { tileType } = await archive.getHeader();
  if (!IMAGES.includes(tileType)) {
    throw new Error(`${url} holds no images. Vector tiles need a style.`);
  }
  archives.add(archive);
  return `pmtiles://${url}`;
}
