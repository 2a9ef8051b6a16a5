interface Position {
  latitude: number;
  longitude: number;
}

/** The part of MoveVehicle's answer that says where the vehicle is and where it goes. */
export interface Moved {
  currentLocation: Position;
  incident: { position: Position };
}

const PART_OF_THE_WAY = 0.25;
const SPEED_METERS_PER_SECOND = 12;

/** A quarter of what is left of the way, as the crow flies: near enough to a street for somebody who tries the API. */
export function nextFix({ currentLocation: from, incident: { position: to } }: Moved) {
  const north = to.latitude - from.latitude;
  const east = to.longitude - from.longitude;
  const eastShrunk = east * Math.cos((from.latitude * Math.PI) / 180);
  return {
    latitude: round(from.latitude + north * PART_OF_THE_WAY),
    longitude: round(from.longitude + east * PART_OF_THE_WAY),
    recordedAt: '@now',
    speedMetersPerSecond: SPEED_METERS_PER_SECOND,
    headingDegrees: Math.round(((Math.atan2(eastShrunk, north) * 180) / Math.PI + 360) % 360),
  };
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
