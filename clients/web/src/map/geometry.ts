/** A position on the globe, WGS84. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

const METERS_PER_DEGREE = 111_195;

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** Metres between two positions, good to a percent where they are some kilometres apart. */
export function metersBetween(one: Position, other: Position): number {
  const north = other.latitude - one.latitude;
  const east = shortWay(one.longitude, other.longitude) * Math.cos(radians((one.latitude + other.latitude) / 2));
  return Math.hypot(north, east) * METERS_PER_DEGREE;
}

/** The direction from one position to another, in degrees clockwise from north. */
export function bearingDegrees(from: Position, to: Position): number {
  const north = to.latitude - from.latitude;
  const east = shortWay(from.longitude, to.longitude) * Math.cos(radians((from.latitude + to.latitude) / 2));
  return (((Math.atan2(east, north) * 180) / Math.PI) + 360) % 360;
}

/** The turn from one angle to another the short way: -180 to 180 degrees, less than 0 for anticlockwise. */
export function shortWay(fromDegrees: number, toDegrees: number): number {
  return ((((toDegrees - fromDegrees + 180) % 360) + 360) % 360) - 180;
}

/** The position that part of the way, 0 to 1, also across the date line. */
export function between(from: Position, to: Position, part: number): Position {
  const longitude = from.longitude + shortWay(from.longitude, to.longitude) * part;
  return {
    latitude: from.latitude + (to.latitude - from.latitude) * part,
    longitude: longitude > 180 ? longitude - 360 : longitude < -180 ? longitude + 360 : longitude,
  };
}
