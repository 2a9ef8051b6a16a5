import { bearingDegrees, between, metersBetween, shortWay, type Position } from './geometry';

/** A fix of a vehicle. */
export interface Fix extends Position {
  /** When it was recorded, in milliseconds since 1970. */
  readonly recordedMs: number;
  readonly headingDegrees: number | null;
}

/** Where a vehicle is shown. */
export interface Shown extends Position {
  /** `null`: unknown. */
  readonly headingDegrees: number | null;
  /** The recorded time that is shown, in milliseconds since 1970. */
  readonly recordedMs: number;
}

/**
 * How a vehicle is shown between its fixes: along them, by their recorded times, from what was shown when the newest one came to the newest
 * one. It gets there about when the next fix is due, and waits there: it is never ahead of what is known. Immutable.
 */
export interface Motion {
  /** By recorded time, each time once; the first is the last one before what is shown. */
  readonly fixes: readonly Fix[];
  /** The recorded time that was shown at `sinceMs`. */
  readonly fromRecordedMs: number;
  /** When the newest fix came, by the clock of the device. */
  readonly sinceMs: number;
  /** How long it takes from there to the newest fix. */
  readonly glideMs: number;
  /** The time between fixes as they come. */
  readonly intervalMs: number;
}

const FIRST_INTERVAL_MS = 2_000;
const LEAST_INTERVAL_MS = 250;
const LONGEST_INTERVAL_MS = 10_000;
/** How much the newest interval counts. */
const WEIGHT = 0.25;
/** Fixes do not come like clockwork: the glide is a little longer than the interval, so that the vehicle rarely stops between two. */
const SLACK = 1.15;
/** Two fixes that are nearer than this say nothing about a direction. */
const LEAST_METERS_FOR_BEARING = 3;

/** A vehicle that is first seen there. */
export function startAt(fix: Fix, nowMs: number): Motion {
  return { fixes: [fix], fromRecordedMs: fix.recordedMs, sinceMs: nowMs, glideMs: 0, intervalMs: FIRST_INTERVAL_MS };
}

/** With a fix that came now. One that is not newer than the newest changes nothing. */
export function moveTo(motion: Motion, fix: Fix, nowMs: number): Motion {
  const newest = motion.fixes.at(-1)!;
  if (fix.recordedMs <= newest.recordedMs) {
    return motion;
  }
  const shownMs = shownRecordedMs(motion, nowMs);
  const first = motion.fixes.findLastIndex(({ recordedMs }) => recordedMs <= shownMs);
  // several that come at once, after a lost connection, do not say how often fixes come
  const sampleMs = nowMs - motion.sinceMs < LEAST_INTERVAL_MS ? motion.intervalMs : fix.recordedMs - newest.recordedMs;
  const clampedMs = Math.min(LONGEST_INTERVAL_MS, Math.max(LEAST_INTERVAL_MS, sampleMs));
  const intervalMs = motion.intervalMs + (clampedMs - motion.intervalMs) * WEIGHT;
  return {
    fixes: [...motion.fixes.slice(Math.max(0, first)), directed(fix, newest)],
    fromRecordedMs: shownMs,
    sinceMs: nowMs,
    glideMs: intervalMs * SLACK,
    intervalMs,
  };
}

/** Where the vehicle is shown at a time. */
export function shownAt(motion: Motion, nowMs: number): Shown {
  const recordedMs = shownRecordedMs(motion, nowMs);
  const next = motion.fixes.findIndex((fix) => fix.recordedMs > recordedMs);
  if (next <= 0) {
    const fix = next < 0 ? motion.fixes.at(-1)! : motion.fixes[0]!;
    return { ...positionOf(fix), recordedMs, headingDegrees: fix.headingDegrees };
  }
  const [from, to] = [motion.fixes[next - 1]!, motion.fixes[next]!];
  const part = (recordedMs - from.recordedMs) / (to.recordedMs - from.recordedMs);
  const [before, after] = [from.headingDegrees, to.headingDegrees];
  const headingDegrees =
    before === null || after === null ? (after ?? before) : (before + shortWay(before, after) * part + 360) % 360;
  return { ...between(from, to, part), recordedMs, headingDegrees };
}

/** Whether it is shown where the newest fix is, and stays there until the next one comes. */
export function isAtRest(motion: Motion, nowMs: number): boolean {
  return nowMs >= motion.sinceMs + motion.glideMs;
}

function shownRecordedMs({ fixes, fromRecordedMs, sinceMs, glideMs }: Motion, nowMs: number): number {
  const newestMs = fixes.at(-1)!.recordedMs;
  const part = glideMs === 0 ? 1 : Math.min(1, Math.max(0, (nowMs - sinceMs) / glideMs));
  return fromRecordedMs + (newestMs - fromRecordedMs) * part;
}

/** With the direction in which it came, where the device reported none. */
function directed(fix: Fix, before: Fix): Fix {
  if (fix.headingDegrees !== null) {
    return fix;
  }
  const still = metersBetween(before, fix) < LEAST_METERS_FOR_BEARING;
  return { ...fix, headingDegrees: still ? before.headingDegrees : bearingDegrees(before, fix) };
}

function positionOf({ latitude, longitude }: Position): Position {
  return { latitude, longitude };
}
