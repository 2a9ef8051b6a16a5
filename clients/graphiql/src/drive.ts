interface Position {
  latitude: number;
  longitude: number;
}

/** The part of MoveVehicle's answer that says where the vehicle is and where it goes. */
export interface Moved {
  currentLocation: Position;
  incident: { position: Position };
}

/** Whoever presses the button again at once drives no further than the service believes: positions may be this inaccurate. */
const STEP_METERS = 90;
const METERS_PER_DEGREE = 111_320;
const SPEED_METERS_PER_SECOND = 12;

/** A step nearer, as the crow flies: near enough to a street for somebody who tries the API. */
export function nextFix({ currentLocation: from, incident: { position: to } }: Moved) {
  const north = to.latitude - from.latitude;
  const east = to.longitude - from.longitude;
  const eastShrunk = east * Math.cos((from.latitude * Math.PI) / 180);
  const part = Math.min(1, STEP_METERS / (METERS_PER_DEGREE * Math.max(Math.hypot(north, eastShrunk), 1e-9)));
  return {
    latitude: round(from.latitude + north * part),
    longitude: round(from.longitude + east * part),
    recordedAt: '@now',
    speedMetersPerSecond: SPEED_METERS_PER_SECOND,
    headingDegrees: Math.round(((Math.atan2(eastShrunk, north) * 180) / Math.PI + 360) % 360),
  };
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
