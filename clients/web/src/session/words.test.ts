import { expect, it } from 'vitest';
import { INITIAL, type TrackingState } from './trackingState';
import { badgeOf } from './words';

const SEEN_MS = Date.UTC(2026, 2, 21, 12);
const location = { latitude: 30.29, longitude: -97.742, recordedMs: SEEN_MS, headingDegrees: null };

it.each<[TrackingState['phase'], number, string]>([
  ['connecting', 0, 'Connecting …'],
  ['connecting', 40, 'Connecting …'],
  ['live', 0, 'Live'],
  ['live', 40, 'Last seen 40 s ago'],
  ['reconnecting', 0, 'Reconnecting …'],
  ['reconnecting', 40, 'Reconnecting · last seen 40 s ago'],
  ['ended', 40, 'Ended'],
])('the badge of a screen that is %s, %d s after the last fix', (phase, seconds, text) => {
  expect(badgeOf({ ...INITIAL, phase, status: 'EN_ROUTE', location }, SEEN_MS + seconds * 1_000).text).toBe(text);
});

it('the badge before anything is known', () => {
  expect(badgeOf(INITIAL, SEEN_MS)).toEqual({ tone: 'quiet', text: 'Connecting …' });
});
