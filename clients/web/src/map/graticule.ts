import type { FeatureCollection, Position as Coordinates } from 'geojson';

export interface Bounds {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/** In degrees, the widest first. */
const STEPS = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
const LEAST_LINES = 4;
/** The map ends there. */
const LATITUDE_LIMIT = 85;

/** The widest distance of meridians, in degrees, with which some of them are within the bounds. */
export function stepDegrees({ west, east }: Bounds): number {
  return STEPS.find((step) => (east - west) / step >= LEAST_LINES) ?? STEPS.at(-1)!;
}

/** Meridians and parallels of the bounds, and as far again to each side. */
export function graticule(bounds: Bounds): FeatureCollection {
  const step = stepDegrees(bounds);
  const [wide, high] = [bounds.east - bounds.west, bounds.north - bounds.south];
  const [west, east] = [bounds.west - wide, bounds.east + wide];
  const [south, north] = [Math.max(-LATITUDE_LIMIT, bounds.south - high), Math.min(LATITUDE_LIMIT, bounds.north + high)];
  const lines: Coordinates[][] = [
    ...multiples(west, east, step).map((longitude) => [[longitude, south], [longitude, north]]),
    ...multiples(south, north, step).map((latitude) => [[west, latitude], [east, latitude]]),
  ];
  return {
    type: 'FeatureCollection',
    features: [{ type: 'Feature', properties: {}, geometry: { type: 'MultiLineString', coordinates: lines } }],
  };
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step);
  const count = Math.max(0, Math.floor(to / step) - first + 1);
  return Array.from({ length: count }, (_, i) => (first + i) * step);
}
