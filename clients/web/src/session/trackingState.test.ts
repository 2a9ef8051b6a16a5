import { describe, expect, it } from 'vitest';
import { INITIAL, isStale, reduce, type TrackingEvent, type TrackingState, type TrackingUpdate } from './trackingState';

const at = (second: number) => new Date(Date.UTC(2026, 2, 21, 12, 0, second)).toISOString();
const ms = (second: number) => Date.parse(at(second));

const fix = (second: number) => ({
  latitude: second / 100,
  longitude: 0,
  recordedAt: at(second),
  headingDegrees: null,
  speedMetersPerSecond: null,
});

/** A LOCATION of that number, recorded in the second of the same number, save what `other` says. */
const update = (sequence: number, other: Partial<TrackingUpdate> = {}): TrackingUpdate => ({
  kind: 'LOCATION',
  sequence,
  epoch: 'e1',
  at: at(sequence),
  missed: null,
  status: 'EN_ROUTE',
  location: fix(sequence),
  eta: { arrivesAt: at(59), distanceMeters: 1000 },
  ...other,
});

const session = {
  id: 's1',
  status: 'EN_ROUTE',
  startedAt: at(0),
  endedAt: null,
  incident: { id: 'i1', kind: 'TIRE', description: null, position: { latitude: 1, longitude: 0 } },
  vendor: { id: 'v1', name: 'Lone Star Tire', phone: null, rating: null },
} as const;

const after = (...events: (TrackingUpdate | TrackingEvent)[]): TrackingState =>
  events.reduce<TrackingState>(
    (state, event) => reduce(state, 'type' in event ? event : { type: 'updated', update: event }),
    INITIAL,
  );

const seconds = (state: TrackingState) => state.trail.map(({ recordedMs }) => (recordedMs - ms(0)) / 1000);

describe('a stream', () => {
  const begun = [update(5, { kind: 'SNAPSHOT' }), update(6), update(7)];

  it('begins with a snapshot and moves on', () => {
    const state = after(...begun);
    expect(state).toMatchObject({ phase: 'live', status: 'EN_ROUTE', cursor: { after: 7, epoch: 'e1' }, restarts: 0 });
    expect(state.location?.recordedMs).toBe(ms(7));
    expect(seconds(state)).toEqual([5, 6, 7]);
  });

  it('ignores an update that is repeated', () => {
    expect(after(...begun, update(7), update(6))).toEqual(after(...begun));
    expect(after(...begun, update(6, { kind: 'STATUS', status: 'ASSIGNED' })).status).toBe('EN_ROUTE');
  });

  it('does not take a vehicle back to an older fix', () => {
    const state = after(...begun, update(8, { location: fix(3) }));
    expect(state.location?.recordedMs).toBe(ms(7));
    expect(state.cursor?.after).toBe(8);
    expect(seconds(state)).toEqual([3, 5, 6, 7]);
  });

  it('goes on after a lost connection with what it missed, without a repeat', () => {
    const lost = after(...begun, { type: 'lost' });
    expect(lost).toMatchObject({ phase: 'reconnecting', cursor: { after: 7, epoch: 'e1' } });
    expect(lost.location?.recordedMs).toBe(ms(7));
    const state = [update(8), update(9)].reduce((before, next) => reduce(before, { type: 'updated', update: next }), reduce(lost, { type: 'opened' }));
    expect(state).toMatchObject({ phase: 'live', restarts: 0, cursor: { after: 9 } });
    expect(seconds(state)).toEqual([5, 6, 7, 8, 9]);
  });

  it('keeps what it shows through a gap, and resumes after it', () => {
    const gap = after(...begun, update(20, { kind: 'GAP', location: null, eta: null, missed: 13 }));
    expect(gap.cursor).toEqual({ after: 20, epoch: 'e1' });
    expect(gap.location?.recordedMs).toBe(ms(7));
    expect(gap.eta).not.toBeNull();
    const state = reduce(gap, { type: 'updated', update: update(20, { kind: 'SNAPSHOT' }) });
    expect(state.location?.recordedMs).toBe(ms(20));
    expect(state.restarts).toBe(1);
  });

  it('takes a snapshot in the middle as the present, and has what lies between loaded anew', () => {
    const state = after(...begun, update(30, { kind: 'SNAPSHOT', status: 'ARRIVED', eta: null }));
    expect(state).toMatchObject({ status: 'ARRIVED', eta: null, restarts: 1, cursor: { after: 30 } });
    const loaded = reduce(state, { type: 'trail', fixes: [fix(5), fix(12), fix(30)] });
    expect(seconds(loaded)).toEqual([5, 6, 7, 12, 30]);
  });

  it('forgets the other history when the epoch changes, even if its numbers were higher', () => {
    const state = after(...begun, update(2, { kind: 'SNAPSHOT', epoch: 'e2', status: 'ASSIGNED' }));
    expect(state).toMatchObject({ status: 'ASSIGNED', cursor: { after: 2, epoch: 'e2' }, restarts: 1 });
    expect(seconds(state)).toEqual([2]);
    expect(reduce(state, { type: 'updated', update: update(3, { epoch: 'e2' }) }).location?.recordedMs).toBe(ms(3));
  });

  it('ends once, and what comes later changes no more', () => {
    const end = update(8, { kind: 'ENDED', status: 'COMPLETED', eta: { arrivesAt: at(59), distanceMeters: 5 } });
    const state = after({ type: 'loaded', session }, ...begun, end);
    expect(state).toMatchObject({ phase: 'ended', status: 'COMPLETED', eta: null });
    expect(state.reachedMs.COMPLETED).toBe(ms(8));
    for (const event of [{ type: 'closed', failure: null }, { type: 'opened' }] as const) {
      expect(reduce(state, event).phase).toBe('ended');
    }
    expect(reduce(state, { type: 'updated', update: end })).toEqual(state);
  });

  it('ends after the snapshot with the same number of a session that is over', () => {
    const over = { status: 'COMPLETED', eta: null } as const;
    const state = after(update(8, { kind: 'SNAPSHOT', ...over }), update(8, { kind: 'ENDED', ...over }));
    expect(state).toMatchObject({ phase: 'ended', restarts: 0 });
  });

  it('shows no vehicle and no trail to who may not see them after the end', () => {
    const state = after(...begun, update(8, { kind: 'ENDED', status: 'COMPLETED', location: null, eta: null }));
    expect(state.location).toBeNull();
    expect(state.trail).toEqual([]);
  });

  it('notes when a step was reached, from the change itself', () => {
    const state = after({ type: 'loaded', session }, ...begun, update(8, { kind: 'STATUS', status: 'ARRIVED' }), update(9, { status: 'ARRIVED' }));
    expect(state.reachedMs).toEqual({ ASSIGNED: ms(0), ARRIVED: ms(8) });
  });
});

describe('what is loaded', () => {
  it('does not overrule the stream, which is newer', () => {
    expect(after(update(7, { status: 'ARRIVED', kind: 'SNAPSHOT' }), { type: 'loaded', session }).status).toBe('ARRIVED');
    expect(after({ type: 'loaded', session }).status).toBe('EN_ROUTE');
  });

  it('puts late fixes in their place, each once', () => {
    const state = after(update(7, { kind: 'SNAPSHOT' }), { type: 'trail', fixes: [fix(6), fix(2), fix(7), fix(2)] });
    expect(seconds(state)).toEqual([2, 6, 7]);
  });
});

describe('the end of a connection', () => {
  it.each([
    ['absent', 'gone'],
    ['refused', 'refused'],
  ] as const)('%s is shown as %s', (kind, phase) => {
    expect(after({ type: 'closed', failure: { kind } }).phase).toBe(phase);
  });

  it('before the first answer is no reconnecting', () => {
    expect(after({ type: 'loaded', session }, { type: 'lost' }).phase).toBe('connecting');
  });
});

describe('a vehicle that is not heard of', () => {
  const moving = after(update(7, { kind: 'SNAPSHOT' }));

  it('is stale after half a minute, whether connected or not', () => {
    expect(isStale(moving, ms(37))).toBe(false);
    expect(isStale(moving, ms(38))).toBe(true);
    expect(isStale(reduce(moving, { type: 'lost' }), ms(38))).toBe(true);
  });

  it('is not stale where nobody expects it to move', () => {
    expect(isStale(after(update(7, { kind: 'SNAPSHOT', status: 'IN_SERVICE' })), ms(58))).toBe(false);
    expect(isStale(INITIAL, ms(58))).toBe(false);
  });
});
