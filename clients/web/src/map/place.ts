import type { Position } from './geometry';

/** A place on the screen, in CSS pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Whatever is nearest to a place, not farther away than that; null: nothing is. */
export function nearest<T>(things: Iterable<T>, placeOf: (thing: T) => Place, { x, y }: Place, mostPixels: number): T | null {
  let found: T | null = null;
  let least = mostPixels;
  for (const thing of things) {
    const place = placeOf(thing);
    const pixels = Math.hypot(place.x - x, place.y - y);
    if (pixels <= least) {
      found = thing;
      least = pixels;
    }
  }
  return found;
}

/** Longitude -180 to 180, also of a map that was turned around the globe; six decimals are ten centimetres. */
export function tidy({ latitude, longitude }: Position): Position {
  const around = ((((longitude + 180) % 360) + 360) % 360) - 180;
  return { latitude: Number(latitude.toFixed(6)), longitude: Number(around.toFixed(6)) };
}
