const EARTH_RADIUS_METERS = 6_371_000;
const RADIANS = Math.PI / 180;

/**
 * A position in degrees, WGS84.
 *
 * @typedef {{latitude: number, longitude: number}} Position
 */

/** The great circle by haversine. @param {Position} a @param {Position} b @returns {number} metres */
export function metersBetween(a, b) {
  const north = Math.sin(((b.latitude - a.latitude) * RADIANS) / 2);
  const east = Math.sin(((b.longitude - a.longitude) * RADIANS) / 2);
  const square = north * north + Math.cos(a.latitude * RADIANS) * Math.cos(b.latitude * RADIANS) * east * east;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(square)));
}

/**
 * A flat map around a position: good for a city, and for a way of some hundred kilometres.
 *
 * @param {Position} origin not at a pole
 * @returns {{toPosition: (point: {east: number, north: number}) => Position, toPoint: (position: Position) => {east: number, north: number}}}
 *   points in metres from the origin
 */
export function flatMap(origin) {
  const metersPerDegree = EARTH_RADIUS_METERS * RADIANS;
  const shrink = Math.cos(origin.latitude * RADIANS);
  const around = (degrees) => ((((degrees + 180) % 360) + 360) % 360) - 180;
  return {
    toPosition: ({ east, north }) => ({
      latitude: origin.latitude + north / metersPerDegree,
      longitude: around(origin.longitude + east / (metersPerDegree * shrink)),
    }),
    toPoint: ({ latitude, longitude }) => ({
      east: around(longitude - origin.longitude) * metersPerDegree * shrink,
      north: (latitude - origin.latitude) * metersPerDegree,
    }),
  };
}
