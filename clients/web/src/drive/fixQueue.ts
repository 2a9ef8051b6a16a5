import type { LocationInput } from '../../generated/graphql';

/** What the service takes at once. */
const LARGEST_BATCH = 500;

/** Two hours of a fix each second. */
const MOST_FIXES = 7_200;

/** Fixes that were not sent yet, in memory, the oldest first. Immutable. */
export interface FixQueue {
  readonly fixes: readonly LocationInput[];
  /** How many were given up because there were too many. */
  readonly dropped: number;
}

export const EMPTY: FixQueue = { fixes: [], dropped: 0 };

/** Of too many, every second one is given up: the way stays whole, and becomes coarser. */
export function withFix({ fixes, dropped }: FixQueue, fix: LocationInput): FixQueue {
  if (fixes.length < MOST_FIXES) {
    return { fixes: [...fixes, fix], dropped };
  }
  const thinned = fixes.filter((_, i) => i % 2 === 0);
  return { fixes: [...thinned, fix], dropped: dropped + fixes.length - thinned.length };
}

/** What to send next. */
export function batch({ fixes }: FixQueue): readonly LocationInput[] {
  return fixes.slice(0, LARGEST_BATCH);
}

/** Without those that were sent. Those that came meanwhile stay. */
export function without({ fixes, dropped }: FixQueue, sent: readonly LocationInput[]): FixQueue {
  const gone = new Set(sent);
  return { fixes: fixes.filter((fix) => !gone.has(fix)), dropped };
}

/** What a browser tells of where it is. */
export interface Reading {
  readonly timestamp: number;
  readonly coords: Pick<GeolocationCoordinates, 'latitude' | 'longitude' | 'accuracy' | 'speed' | 'heading'>;
}

/** @param serverTime from the time of the device to that of the service: devices have clocks that are minutes off */
export function fixOf({ timestamp, coords }: Reading, serverTime: (deviceMs: number) => number): LocationInput {
  const { latitude, longitude, accuracy, speed, heading } = coords;
  return {
    latitude,
    longitude,
    recordedAt: new Date(serverTime(timestamp)).toISOString(),
    accuracyMeters: known(accuracy),
    speedMetersPerSecond: known(speed),
    headingDegrees: known(heading),
  };
}

/** A browser says NaN for the heading of who stands. */
function known(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
