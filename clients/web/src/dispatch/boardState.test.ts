import { describe, expect, it } from 'vitest';
import type { BoardIncidentFragment, BoardSessionFragment, BoardVendorFragment } from '../../generated/graphql';
import { INITIAL, isLoaded, reduce, resumeAfter, type BoardChange, type BoardEvent, type BoardState } from './boardState';

const incident = (id: string, version: number, other: Partial<BoardIncidentFragment> = {}): BoardIncidentFragment => ({
  id,
  version,
  kind: 'TIRE',
  status: 'REPORTED',
  description: null,
  position: { latitude: 1, longitude: 2 },
  createdAt: '2026-03-21T12:00:00.000Z',
  ...other,
});

const session = (id: string, version: number, other: Partial<BoardSessionFragment> = {}): BoardSessionFragment => ({
  id,
  version,
  status: 'EN_ROUTE',
  startedAt: '2026-03-21T12:00:00.000Z',
  endedAt: null,
  incident: incident(`of-${id}`, 2, { status: 'ASSIGNED' }),
  vendor: { id: 'v1', name: 'Lone Star Tire', phone: null, rating: null },
  currentLocation: null,
  eta: null,
  ...other,
});

const ended = (id: string, version: number) => session(id, version, { status: 'COMPLETED', endedAt: '2026-03-21T13:00:00.000Z' });

const vendor = (id: string, version: number): BoardVendorFragment => ({
  id,
  version,
  name: id,
  phone: null,
  rating: null,
  availability: 'AVAILABLE',
  capabilities: [],
  position: null,
});

let places = 0;
const change = (kind: BoardChange['kind'], object: Partial<BoardChange> = {}): BoardChange => ({
  kind,
  id: null,
  version: null,
  position: `p${++places}`,
  incident: null,
  session: null,
  vendor: null,
  ...object,
});
const reset = () => change('RESET');
const told = (value: BoardIncidentFragment | BoardSessionFragment): BoardChange =>
  'vendor' in value ? change('SESSION', { session: value }) : change('INCIDENT', { incident: value });

const changed = (...changes: BoardChange[]): BoardEvent => ({ type: 'changed', changes });
const page = (generation: number, rows: { incidents?: BoardIncidentFragment[]; sessions?: BoardSessionFragment[] }): BoardEvent => ({
  type: 'page',
  generation,
  rows,
});
const loaded = (generation: number): BoardEvent => ({ type: 'loaded', generation });

const after = (...events: BoardEvent[]): BoardState => events.reduce(reduce, INITIAL);
const versions = (state: BoardState) => [...state.incidents].map(([id, { value }]) => `${id}@${value.version}`);
const statuses = (state: BoardState) => [...state.sessions].map(([id, { value }]) => `${id} ${value.status}@${value.version}`);

const begun = [{ type: 'opened' } as const, changed(reset()), page(1, { incidents: [incident('a', 3)] }), loaded(1)];

describe('a board', () => {
  it('begins with a reset and is complete once the lists are loaded', () => {
    expect(isLoaded(INITIAL)).toBe(false);
    const half = after(...begun.slice(0, 3));
    expect([half.phase, isLoaded(half)]).toEqual(['live', false]);
    const state = after(...begun);
    expect(isLoaded(state)).toBe(true);
    expect(versions(state)).toEqual(['a@3']);
  });

  it('takes the higher version, whichever comes first', () => {
    expect(versions(after(...begun, changed(told(incident('a', 4)))))).toEqual(['a@4']);
    expect(versions(after(...begun, changed(told(incident('a', 5)), told(incident('a', 4)))))).toEqual(['a@5']);
    expect(versions(after(...begun, changed(told(incident('a', 2)))))).toEqual(['a@3']);
  });

  it('is not changed by a version that is repeated', () => {
    const state = after(...begun);
    const again = reduce(state, changed(told(incident('a', 3, { status: 'ASSIGNED' }))));
    expect(again.incidents.get('a')).toBe(state.incidents.get('a'));
  });

  it('keeps a change that comes during the load, though the list is older', () => {
    const state = after(changed(reset()), changed(told(incident('a', 4)), told(incident('new', 1))), page(1, { incidents: [incident('a', 3)] }), loaded(1));
    expect(versions(state)).toEqual(['a@4', 'new@1']);
  });

  it('does not bring back a session that ended during the load', () => {
    const state = after(changed(reset()), changed(told(ended('s', 9))), page(1, { sessions: [session('s', 8)] }), loaded(1));
    expect(statuses(state)).toEqual(['s COMPLETED@9']);
  });

  it('takes what a mutation answered, until the stream knows better', () => {
    const state = after(...begun, { type: 'wrote', rows: { incidents: [incident('a', 4)], sessions: [session('s', 1)] } });
    expect([versions(state), statuses(state)]).toEqual([['a@4'], ['s EN_ROUTE@1']]);
    expect(versions(reduce(state, changed(told(incident('a', 3)))))).toEqual(['a@4']);
  });

  it('keeps tables in which nothing has changed, so that nothing is drawn anew', () => {
    const state = after(...begun);
    const next = reduce(state, changed(told(session('s', 1))));
    expect([next.incidents === state.incidents, next.vendors === state.vendors, next.sessions === state.sessions]).toEqual([true, true, false]);
  });

  it('follows vendors', () => {
    const state = after(...begun, changed(change('VENDOR', { vendor: vendor('v', 2) }), change('VENDOR', { vendor: vendor('v', 1) })));
    expect(state.vendors.get('v')?.value.version).toBe(2);
  });
});

describe('a reset', () => {
  it('drops what the new lists do not have, but not before they are loaded', () => {
    const again = after(...begun, changed(told(incident('b', 1))), changed(reset()));
    expect([versions(again), isLoaded(again)]).toEqual([['a@3', 'b@1'], false]);
    expect(versions([page(2, { incidents: [incident('b', 1)] }), loaded(2)].reduce(reduce, again))).toEqual(['b@1']);
  });

  it('makes lower versions count, for the database may be another', () => {
    expect(versions(after(...begun, changed(reset()), page(2, { incidents: [incident('a', 1)] })))).toEqual(['a@1']);
    expect(versions(after(...begun, changed(reset(), told(incident('a', 2)), told(incident('a', 1)))))).toEqual(['a@2']);
  });

  it('in the middle of loading voids what is loaded for the one before', () => {
    const state = after(changed(reset()), page(1, { incidents: [incident('a', 3)] }), changed(reset()), page(1, { incidents: [incident('late', 1)] }), loaded(1));
    expect([isLoaded(state), versions(state)]).toEqual([false, ['a@3']]);
    const done = [page(2, { incidents: [incident('c', 1)] }), loaded(2)].reduce(reduce, state);
    expect([isLoaded(done), versions(done)]).toEqual([true, ['c@1']]);
  });

  it('within a batch counts for what follows it only', () => {
    const state = after(...begun, changed(told(incident('before', 1)), reset(), told(incident('behind', 1))), loaded(2));
    expect(versions(state)).toEqual(['behind@1']);
  });

  it('is what an object means that could not be read', () => {
    const state = after(...begun, changed(change('SESSION', { id: 's', version: 4 })));
    expect([isLoaded(state), state.generation]).toEqual([false, 2]);
  });

  it('leaves a limited number of what has ended', () => {
    const many = Array.from({ length: 300 }, (_, i) => told(ended(`s${i}`, 1)));
    const state = after(changed(reset()), changed(...many, told(session('lives', 1))), loaded(1));
    expect(state.sessions.size).toBe(201);
    expect([state.sessions.has('s299'), state.sessions.has('s0'), state.sessions.has('lives')]).toEqual([true, false, true]);
  });
});

describe('the next connection', () => {
  const place = (state: BoardState) => [resumeAfter(state), state.position];

  it('resumes after the last item', () => {
    const [last] = [told(incident('a', 9))];
    expect(resumeAfter(after(...begun, changed(told(incident('a', 4)), last)))).toBe(last.position);
    expect(resumeAfter(after(...begun, changed(last), { type: 'lost' }))).toBe(last.position);
  });

  it('begins anew where the lists were not loaded since the last reset', () => {
    expect(resumeAfter(INITIAL)).toBeNull();
    expect(place(after(changed(reset())))).toEqual([null, `p${places}`]);
    expect(resumeAfter(after(...begun, changed(reset())))).toBeNull();
    expect(resumeAfter(after(...begun, changed(reset()), loaded(1)))).toBeNull();
    expect(resumeAfter(after(...begun, changed(reset()), { type: 'lost' }, loaded(2)))).toBe(`p${places}`);
  });
});

describe('what the board says of the connection', () => {
  const phase = (...events: BoardEvent[]) => after(...events).phase;

  it('is connecting until something came, and reconnecting afterwards', () => {
    expect(phase({ type: 'lost' })).toBe('connecting');
    expect(phase(...begun, { type: 'lost' })).toBe('reconnecting');
    expect(phase(...begun, { type: 'lost' }, { type: 'opened' })).toBe('live');
  });

  it('is over for who may not see the board', () => {
    expect(phase({ type: 'closed', failure: { kind: 'refused', forbidden: true } })).toBe('refused');
    expect(phase({ type: 'closed', failure: { kind: 'broken', message: '' } })).toBe('broken');
  });
});
