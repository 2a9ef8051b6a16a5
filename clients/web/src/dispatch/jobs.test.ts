import { describe, expect, it } from 'vitest';
import type { BoardIncidentFragment, BoardSessionFragment, SessionStatus } from '../../generated/graphql';
import { INITIAL, reduce, type BoardState } from './boardState';
import { isStale, jobOf, JobLists, matches, type Job } from './jobs';

const at = (minute: number) => new Date(Date.UTC(2026, 2, 21, 12, minute)).toISOString();

const incident = (id: string, minute: number, other: Partial<BoardIncidentFragment> = {}): BoardIncidentFragment => ({
  id,
  version: 1,
  kind: 'TIRE',
  status: 'REPORTED',
  description: null,
  position: null,
  createdAt: at(minute),
  ...other,
});

const session = (id: string, minute: number, of: BoardIncidentFragment, status: SessionStatus = 'EN_ROUTE', version = 1): BoardSessionFragment => ({
  id,
  version,
  status,
  startedAt: at(minute),
  endedAt: status === 'COMPLETED' || status === 'CANCELLED' ? at(minute + 1) : null,
  incident: of,
  vendor: { id: 'v1', name: 'Lone Star Tire', phone: null, rating: null },
  currentLocation: null,
  eta: null,
});

const wrote = (state: BoardState, incidents: BoardIncidentFragment[], sessions: BoardSessionFragment[] = []) =>
  reduce(state, { type: 'wrote', rows: { incidents, sessions } });

const ids = (jobs: readonly Job[]) => jobs.map(({ id }) => id);

describe('the jobs of a board', () => {
  it('are those that wait, the oldest first, and those under way, the newest first', () => {
    const given = [incident('c', 3, { status: 'ASSIGNED' }), incident('d', 4, { status: 'IN_PROGRESS' })];
    const state = wrote(
      INITIAL,
      [incident('b', 2), incident('a', 1), ...given, incident('over', 0, { status: 'RESOLVED' })],
      [session('s1', 5, given[0]!), session('s2', 6, given[1]!), session('old', 1, incident('b', 2), 'CANCELLED')],
    );
    const { waiting, underWay } = new JobLists().of(state);
    expect([ids(waiting), ids(underWay)]).toEqual([['a', 'b'], ['d', 'c']]);
    expect(underWay.map((job) => job.session?.id)).toEqual(['s2', 's1']);
  });

  it('are under way as soon as one of both says so, and never twice', () => {
    const early = wrote(INITIAL, [incident('a', 1)], [session('s', 2, incident('a', 1))]);
    expect(new JobLists().of(early)).toMatchObject({ waiting: [], underWay: [{ id: 'a', session: { id: 's' } }] });
    const late = wrote(INITIAL, [incident('a', 1, { status: 'ASSIGNED' })]);
    expect(new JobLists().of(late)).toMatchObject({ waiting: [], underWay: [{ id: 'a', session: null }] });
  });

  it('are the same objects where nothing of them has changed', () => {
    const lists = new JobLists();
    const before = wrote(INITIAL, [incident('a', 1), incident('b', 2)], [session('s', 3, incident('c', 0)), session('t', 4, incident('d', 0))]);
    const first = lists.of(before);
    const second = lists.of(wrote(before, [{ ...incident('a', 1), version: 2 }], [session('s', 3, incident('c', 0), 'ARRIVED', 2)]));
    expect([second.waiting[0] === first.waiting[0], second.waiting[1] === first.waiting[1]]).toEqual([false, true]);
    expect([second.underWay[0] === first.underWay[0], second.underWay[1] === first.underWay[1]]).toEqual([true, false]);
  });
});

describe('a job', () => {
  it('has its active session, and after its end the last one', () => {
    const given = incident('a', 1, { status: 'ASSIGNED' });
    const again = wrote(INITIAL, [given], [session('s1', 2, given, 'CANCELLED'), session('s2', 3, given)]);
    expect(jobOf(again, 'a')?.session?.id).toBe('s2');
    const over = wrote(again, [{ ...given, version: 2, status: 'RESOLVED' }], [session('s2', 3, given, 'COMPLETED', 2)]);
    expect(jobOf(over, 'a')).toMatchObject({ incident: { status: 'RESOLVED' }, session: { id: 's2' } });
  });

  it('waits again after its vendor was called off', () => {
    const state = wrote(INITIAL, [incident('a', 1)], [session('s1', 2, incident('a', 1), 'CANCELLED')]);
    expect(jobOf(state, 'a')).toMatchObject({ incident: { status: 'REPORTED' }, session: null });
  });

  it('is nothing where nobody told of it', () => {
    expect(jobOf(INITIAL, 'a')).toBeNull();
  });

  it('is known by its session where the incident is not told, as to a vendor', () => {
    expect(jobOf(wrote(INITIAL, [], [session('s', 1, incident('a', 0))]), 'a')?.session?.id).toBe('s');
  });
});

describe('a vehicle', () => {
  const seen = (status: SessionStatus): BoardSessionFragment => ({
    ...session('s', 0, incident('a', 0), status),
    currentLocation: { latitude: 1, longitude: 2, recordedAt: at(0), headingDegrees: null },
  });

  it('is stale when it should move and was not heard of for 30 s', () => {
    const ms = Date.parse(at(0));
    expect([isStale(seen('EN_ROUTE'), ms + 30_000), isStale(seen('EN_ROUTE'), ms + 30_001)]).toEqual([false, true]);
    expect([isStale(seen('IN_SERVICE'), ms + 900_000), isStale(session('s', 0, incident('a', 0)), ms + 900_000)]).toEqual([false, false]);
  });
});

describe('a search', () => {
  it('finds all words, in any order and case', () => {
    expect(matches('star  FLAT', ['Flat tyre', null, 'Lone Star'])).toBe(true);
    expect(matches('star fuel', ['Flat tyre', null, 'Lone Star'])).toBe(false);
  });
});
