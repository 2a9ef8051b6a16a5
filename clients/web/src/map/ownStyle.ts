import type { RasterSourceSpecification, StyleSpecification } from 'maplibre-gl';
import { pageSettings, type MapSource } from '../settings';
import { PATIENCE_MS } from './usable';

/** In CSS pixels. */
const TILE_SIZE = 256;
/** Hardly any server of tiles has more. Above it the map enlarges those that there are. */
const MAX_ZOOM = 19;

/** The style of the map that the operator has set, or its URL. Null: the map that comes with the pages, also if no other one can be had. */
export async function ownStyle(): Promise<StyleSpecification | string | null> {
  try {
    const { map } = await pageSettings();
    return map && (await Promise.race([styleOf(map), silence()]));
  } catch (problem) {
    console.warn('The map of the settings cannot be shown.', problem);
    return null;
  }
}

/** Throws if an archive cannot be read, or if it holds no images. */
export async function styleOf({ styleUrl, tilesUrl, pmtilesUrl, attribution }: MapSource): Promise<StyleSpecification | string | null> {
  // what an archive or a style says about itself holds unless the operator says something else
  const said = attribution === null ? {} : { attribution };
  if (styleUrl) {
    // its sources may be archives
    await import('./archives');
    return styleUrl;
  }
  if (tilesUrl) {
    return imagesOf({ tiles: [tilesUrl], maxzoom: MAX_ZOOM, ...said });
  }
  if (pmtilesUrl) {
    const { urlOfImages } = await import('./archives');
    return imagesOf({ url: await urlOfImages(pmtilesUrl), ...said });
  }
  return null;
}

function silence(): Promise<never> {
  return new Promise((_, reject) => setTimeout(() => reject(new Error('It does not answer.')), PATIENCE_MS));
}

function imagesOf(source: Partial<RasterSourceSpecification>): StyleSpecification {
  return {
    version: 8,
    sources: { images: { type: 'raster', tileSize: TILE_SIZE, ...source } },
    layers: [{ id: 'images', type: 'raster', source: 'images' }],
  };
}
