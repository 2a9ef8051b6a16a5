import { describe, expect, it } from 'vitest';
import type { BoardIncidentFragment, BoardSessionFragment } from '../../generated/graphql';
import { moveTo, startAt, type Motion } from '../map/motion';
import type { Job } from './jobs';
import { marksOf, type Mark, type Picture } from './marks';

const place = (latitude: number) => ({ latitude, longitude: -97 });

const incident = (id: string, latitude: number | null): BoardIncidentFragment => ({
  id,
  version: 1,
  kind: 'TIRE',
  status: 'REPORTED',
  description: null,
  position: latitude === null ? null : place(latitude),
  createdAt: '2026-03-21T12:00:00.000Z',
});

/** A job that a vendor has: its session is `s-` and its id. */
const given = (id: string, latitude: number | null): Job => {
  const session: BoardSessionFragment = {
    id: `s-${id}`,
    version: 1,
    status: 'EN_ROUTE',
    startedAt: '2026-03-21T12:00:00.000Z',
    endedAt: null,
    incident: incident(id, latitude),
    vendor: { id: `v-${id}`, name: `Vendor of ${id}`, phone: null, rating: null },
    currentLocation: null,
    eta: null,
  };
  return { id, incident: session.incident, session };
};
const waiting = (id: string, latitude: number | null): Job => ({ id, incident: incident(id, latitude), session: null });

const picture = (other: Partial<Picture>): Picture => ({
  complete: true,
  jobs: { waiting: [], underWay: [] },
  selected: null,
  candidates: [],
  draft: null,
  stale: new Set(),
  ...other,
});

const fix = (latitude: number, recordedMs: number, headingDegrees = 0) => ({ ...place(latitude), recordedMs, headingDegrees });
const standing = (latitude: number) => startAt(fix(latitude, 0), 0);
const motions = (those: Record<string, Motion>) => new Map(Object.entries(those));

const marks = (other: Partial<Picture>, those: Record<string, Motion> = {}, nowMs = 0) => marksOf(picture(other), motions(those), nowMs);
const names = (all: readonly Mark[]) => all.map(({ kind, jobId, label }) => [kind, jobId ?? label].filter(Boolean).join(' '));

describe('the marks of the board', () => {
  it('show the vehicle of an active session where it has glided to, with its heading and its vendor', () => {
    const motion = moveTo(standing(30), fix(31, 2_000, 90), 0);
    const at = (nowMs: number) => marks({ jobs: { waiting: [], underWay: [given('a', 33)] } }, { 's-a': motion }, nowMs).find(({ kind }) => kind === 'vehicle')!;
    const half = at(motion.glideMs / 2);
    expect(half.position.latitude).toBeCloseTo(30.5, 3);
    expect(half.headingDegrees).toBeCloseTo(45, 3);
    expect([half.jobId, half.label, half.selected]).toEqual(['a', 'Vendor of a', false]);
    expect(at(motion.glideMs).position).toMatchObject(place(31));
  });

  it('show a vehicle that was not heard of for long as such, and none that was never seen', () => {
    const all = marks(
      { jobs: { waiting: [], underWay: [given('a', null), given('b', null), given('c', null)] }, stale: new Set(['s-b']) },
      { 's-a': standing(30), 's-b': standing(31) },
    );
    expect(names(all)).toEqual(['vehicle a', 'stale b']);
  });

  it('show where vehicles drive to, and how far the selected one has to go', () => {
    const [a, b] = [given('a', 33), given('b', 34)];
    const all = marks({ jobs: { waiting: [], underWay: [a, b] }, selected: b }, { 's-a': standing(30), 's-b': standing(31) });
    const goals = all.filter(({ kind }) => kind === 'goal');
    expect(goals.map(({ jobId, position, from }) => [jobId, position.latitude, from?.latitude])).toEqual([
      ['a', 33, undefined],
      ['b', 34, 31],
    ]);
  });

  it('show incidents that nobody has, where it is known where they are', () => {
    const all = marks({ jobs: { waiting: [waiting('a', 33), waiting('b', null)], underWay: [] } });
    expect(all).toEqual([{ kind: 'waiting', jobId: 'a', position: place(33), selected: false, label: null }]);
  });

  it('number the vendors that may get the job, and let the nearest cover the others', () => {
    const all = marks({ candidates: [place(31), place(32), place(33)] });
    expect(all.map(({ kind, label, position }) => [kind, label, position.latitude])).toEqual([
      ['vendor', '3', 33],
      ['vendor', '2', 32],
      ['vendor', '1', 31],
    ]);
    expect(all.every(({ jobId }) => jobId === null)).toBe(true);
  });

  it('draw what is selected above the rest, and the incident that is being entered above all', () => {
    const [a, b] = [given('a', 33), given('b', 34)];
    const seen = { 's-a': standing(30), 's-b': standing(31) };
    const jobs = { waiting: [waiting('c', 35), waiting('d', 36)], underWay: [a, b] };
    expect(names(marks({ jobs, selected: a, candidates: [place(37)], draft: place(38) }, seen))).toEqual([
      'goal b',
      'vehicle b',
      'waiting c',
      'waiting d',
      'vendor 1',
      'goal a',
      'vehicle a',
      'draft',
    ]);
    const chosen = marks({ jobs, selected: jobs.waiting[0]! }, seen);
    expect(names(chosen).at(-1)).toBe('waiting c');
    expect(chosen.filter(({ selected }) => selected).map(({ jobId }) => jobId)).toEqual(['c']);
  });
});
