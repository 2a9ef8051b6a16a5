import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { FeatureCollection } from 'geojson';

/** The colours of the map. They fit those of `theme.css`. */
export interface Palette {
  readonly ground: string;
  readonly water: string;
  readonly coast: string;
  readonly grid: string;
  readonly local: string;
  readonly arterial: string;
  readonly freeway: string;
  readonly casing: string;
  readonly route: string;
  readonly routeCasing: string;
  readonly ahead: string;
}

export const LIGHT: Palette = {
  ground: '#f1ede6',
  water: '#bfd8e4',
  coast: '#9dbccb',
  grid: '#d8d1c5',
  local: '#ffffff',
  arterial: '#ffffff',
  freeway: '#fbdf9d',
  casing: '#ddd5c8',
  route: '#c2410c',
  routeCasing: '#ffffff',
  ahead: '#8a8378',
};

export const DARK: Palette = {
  ground: '#1c2026',
  water: '#1d3442',
  coast: '#36576a',
  grid: '#2a2f37',
  local: '#2b313a',
  arterial: '#39414d',
  freeway: '#5b4f33',
  casing: '#15181d',
  route: '#ff9a5c',
  routeCasing: '#15181d',
  ahead: '#868d98',
};

const NOTHING: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** The zoom at which the coast, which is coarse, gives way to the streets. */
const COARSE_UNTIL = 6;

/** A map that needs no network but the service: the coasts of the world, a graticule, and the streets of the demo's city. */
export function offlineStyle(palette: Palette, land: FeatureCollection, cityUrl: string): StyleSpecification {
  const fading = (until: number) => ['interpolate', ['linear'], ['zoom'], until - 1, 1, until, 0] as never;
  return {
    version: 8,
    sources: {
      land: { type: 'geojson', data: land },
      graticule: { type: 'geojson', data: NOTHING },
      city: { type: 'geojson', data: cityUrl },
    },
    layers: [
      {
        id: 'ground',
        type: 'background',
        paint: {
          'background-color': ['interpolate', ['linear'], ['zoom'], COARSE_UNTIL - 1, palette.water, COARSE_UNTIL, palette.ground],
        },
      },
      {
        id: 'land',
        type: 'fill',
        source: 'land',
        maxzoom: COARSE_UNTIL,
        paint: { 'fill-color': palette.ground, 'fill-opacity': fading(COARSE_UNTIL) },
      },
      {
        id: 'coast',
        type: 'line',
        source: 'land',
        maxzoom: COARSE_UNTIL + 1,
        paint: { 'line-color': palette.coast, 'line-width': 1, 'line-opacity': fading(COARSE_UNTIL + 1) },
      },
      { id: 'graticule', type: 'line', source: 'graticule', paint: { 'line-color': palette.grid, 'line-width': 1 } },
      river(palette),
      street('local', palette.casing, { 12: 0, 13: 2, 14: 4, 16: 11 }, 'casing'),
      street('arterial', palette.casing, { 9: 0.8, 12: 3, 14: 7, 16: 17 }, 'casing'),
      street('freeway', palette.casing, { 8: 1.2, 12: 5, 14: 9, 16: 21 }, 'casing'),
      street('local', palette.local, { 11: 0.2, 13: 1, 14: 2.5, 16: 9 }),
      street('arterial', palette.arterial, { 9: 0.4, 12: 2, 14: 5, 16: 14 }),
      street('freeway', palette.freeway, { 8: 0.8, 12: 3.5, 14: 7, 16: 18 }),
    ],
  };
}

function river(palette: Palette): LayerSpecification {
  return {
    id: 'river',
    type: 'line',
    source: 'city',
    filter: ['==', ['get', 'kind'], 'river'],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: { 'line-color': palette.water, 'line-width': ['interpolate', ['exponential', 2], ['zoom'], 9, 1.5, 18, 500] },
  };
}

function street(kind: string, color: string, widths: Record<number, number>, part = 'line'): LayerSpecification {
  return {
    id: `${kind}-${part}`,
    type: 'line',
    source: 'city',
    filter: ['==', ['get', 'kind'], kind],
    layout: { 'line-join': 'round', 'line-cap': 'round' },
    paint: {
      'line-color': color,
      'line-width': ['interpolate', ['exponential', 1.5], ['zoom'], ...Object.entries(widths).flatMap(([zoom, width]) => [Number(zoom), width])] as never,
    },
  };
}
