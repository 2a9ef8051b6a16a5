import { describe, expect, it } from 'vitest';
import { announcement } from './announcement';
import { INITIAL, type TrackingState } from '../session/trackingState';

const MINUTE_MS = 60_000;
const NOW_MS = 1_000 * MINUTE_MS;

const state = (other: Partial<TrackingState> = {}): TrackingState => ({
  ...INITIAL,
  phase: 'live',
  status: 'EN_ROUTE',
  session: {
    id: 's1',
    status: 'EN_ROUTE',
    startedAt: '2026-03-21T12:00:00.000Z',
    endedAt: null,
    incident: { id: 'i1', kind: 'TIRE', description: null, position: null },
    vendor: { id: 'v1', name: 'Lone Star Tire', phone: null, rating: null },
  },
  ...other,
});

const arriving = (minutes: number) => state({ eta: { arrivesMs: NOW_MS + minutes * MINUTE_MS, distanceMeters: 1 } });

describe('a screen reader', () => {
  it('hears each step', () => {
    expect(announcement(state(), state({ status: 'ARRIVED' }), NOW_MS, NOW_MS)).toBe('Lone Star Tire has arrived.');
  });

  it('hears how far the job is when the screen opens, whichever is known first, and once', () => {
    const nothing = { ...INITIAL };
    const [stream, query] = [state({ session: null }), state({ phase: 'connecting' })];
    const said = (...states: TrackingState[]) => states.slice(1).map((after, i) => announcement(states[i]!, after, NOW_MS, NOW_MS));
    expect(said(nothing, stream, state())).toEqual([null, 'Lone Star Tire is on the way.']);
    expect(said(nothing, query, state())).toEqual(['Lone Star Tire is on the way.', null]);
  });

  it('hears nothing of moves', () => {
    const before = arriving(7.8);
    expect(announcement(before, { ...before, trail: [] }, NOW_MS, NOW_MS + 20_000)).toBeNull();
  });

  it('hears the last minutes as they pass, by time alone, too, and each once', () => {
    const before = arriving(5.01);
    expect(announcement(before, before, NOW_MS, NOW_MS + 1_000)).toBe('5 minutes to go.');
    expect(announcement(before, before, NOW_MS + 1_000, NOW_MS + 2_000)).toBeNull();
    expect(announcement(arriving(12), arriving(1.9), NOW_MS, NOW_MS)).toBe('2 minutes to go.');
  });

  it('hears no minutes when the time becomes known or later', () => {
    expect(announcement(state(), arriving(4), NOW_MS, NOW_MS)).toBeNull();
    expect(announcement(arriving(4), arriving(12), NOW_MS, NOW_MS)).toBeNull();
  });

  it('hears lasting silence of the vehicle, and its end', () => {
    const seen = state({ location: { latitude: 0, longitude: 0, recordedMs: NOW_MS, headingDegrees: null } });
    const later = NOW_MS + MINUTE_MS;
    expect(announcement(seen, seen, NOW_MS, later)).toContain('not been heard of');
    const again = state({ location: { latitude: 0, longitude: 0, recordedMs: later, headingDegrees: null } });
    expect(announcement(seen, again, later, later)).toContain('seen again');
  });

  it('hears that there is nothing to see', () => {
    expect(announcement(INITIAL, { ...INITIAL, phase: 'gone' }, NOW_MS, NOW_MS)).toBe('There is nothing to see here.');
  });

  it('hears nothing of a short reconnection', () => {
    expect(announcement(state(), state({ phase: 'reconnecting' }), NOW_MS, NOW_MS)).toBeNull();
  });
});
