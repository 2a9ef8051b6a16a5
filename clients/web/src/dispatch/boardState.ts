import type { BoardIncidentFragment, BoardSessionFragment, BoardVendorFragment, FollowBoardSubscription } from '../../generated/graphql';
import type { Failure } from '../api/failure';

export type BoardChange = FollowBoardSubscription['onDispatchChanged'];

/** What the board knows of the connection. */
export type Phase =
  | 'connecting'
  | 'live'
  | 'reconnecting'
  /** The viewer may not see the board. */
  | 'refused'
  /** It cannot be shown for another reason. */
  | 'broken';

/** An object as it is known. */
export interface Known<T> {
  readonly value: T;
  /** The generation of lists in which it was heard of: versions of an earlier one say nothing about those of a later one. */
  readonly generation: number;
}

export type Table<T> = ReadonlyMap<string, Known<T>>;

/** All that a board knows. Immutable. Objects that have ended stay for a while, so that a list that is late does not bring them back. */
export interface BoardState {
  readonly phase: Phase;
  /** How often the service told to load the lists anew. */
  readonly generation: number;
  /** The generation whose lists are all there; 0: none yet. */
  readonly loaded: number;
  /** The last position seen. */
  readonly position: string | null;
  readonly incidents: Table<BoardIncidentFragment>;
  readonly sessions: Table<BoardSessionFragment>;
  readonly vendors: Table<BoardVendorFragment>;
}

/** Objects that a list or the answer to a mutation has brought. */
export interface Rows {
  readonly incidents?: readonly BoardIncidentFragment[];
  readonly sessions?: readonly BoardSessionFragment[];
}

export type BoardEvent =
  | { readonly type: 'opened' }
  | { readonly type: 'changed'; readonly changes: readonly BoardChange[] }
  /** A page of a list that was asked for in that generation. */
  | { readonly type: 'page'; readonly generation: number; readonly rows: Rows }
  /** All pages of that generation are there. */
  | { readonly type: 'loaded'; readonly generation: number }
  /** What the viewer's own mutation answered. */
  | { readonly type: 'wrote'; readonly rows: Rows }
  | { readonly type: 'lost' }
  /** The stream has ended: it failed for good. */
  | { readonly type: 'closed'; readonly failure: Failure | null };

export const INITIAL: BoardState = {
  phase: 'connecting',
  generation: 0,
  loaded: 0,
  position: null,
  incidents: new Map(),
  sessions: new Map(),
  vendors: new Map(),
};

/** How many ended objects of a kind are kept. */
const ENDED_KEPT = 200;

/** The next state. Knows no time and touches nothing. */
export function reduce(state: BoardState, event: BoardEvent): BoardState {
  switch (event.type) {
    case 'opened':
      return { ...state, phase: 'live' };
    case 'changed':
      return changed(state, event.changes);
    case 'page':
      return event.generation === state.generation ? withRows(state, event.rows) : state;
    case 'loaded':
      return event.generation === state.generation ? swept({ ...state, loaded: event.generation }) : state;
    case 'wrote':
      return withRows(state, event.rows);
    case 'lost':
      return { ...state, phase: state.position === null ? 'connecting' : 'reconnecting' };
    case 'closed':
      return { ...state, phase: event.failure?.kind === 'refused' ? 'refused' : 'broken' };
  }
}

/** Where the next connection resumes: only after lists that were loaded since the service told to, else from the beginning. */
export function resumeAfter(state: BoardState): string | null {
  return isLoaded(state) ? state.position : null;
}

/** Whether the board shows everything, and not only what came so far. */
export function isLoaded({ generation, loaded }: BoardState): boolean {
  return generation > 0 && loaded === generation;
}

export function isActive({ endedAt }: BoardSessionFragment): boolean {
  return endedAt === null;
}

export function isOpen({ status }: BoardIncidentFragment): boolean {
  return status !== 'RESOLVED' && status !== 'CANCELLED';
}

function changed(state: BoardState, changes: readonly BoardChange[]): BoardState {
  const incidents = copied(state.incidents, changes.some(({ incident }) => incident));
  const sessions = copied(state.sessions, changes.some(({ session }) => session));
  const vendors = copied(state.vendors, changes.some(({ vendor }) => vendor));
  let { generation, position } = state;
  for (const { kind, position: place, incident, session, vendor } of changes) {
    position = place;
    // an object that could not be read is a change that the board would miss
    if (kind === 'RESET' || !(incident || session || vendor)) {
      generation++;
    }
    incident && merge(incidents, incident, generation);
    session && merge(sessions, session, generation);
    vendor && merge(vendors, vendor, generation);
  }
  return { ...state, incidents, sessions, vendors, generation, position };
}

/** The same table where nothing of it changes, so that nobody looks at it again. */
function copied<T>(table: Table<T>, changes: boolean): Map<string, Known<T>> {
  return changes ? new Map(table) : (table as Map<string, Known<T>>);
}

function withRows(state: BoardState, { incidents = [], sessions = [] }: Rows): BoardState {
  const tables = { incidents: copied(state.incidents, incidents.length > 0), sessions: copied(state.sessions, sessions.length > 0) };
  incidents.forEach((incident) => merge(tables.incidents, incident, state.generation));
  sessions.forEach((session) => merge(tables.sessions, session, state.generation));
  return { ...state, ...tables };
}

/** The higher version counts, whichever comes first. After a RESET anything new counts: the service may have another database. */
function merge<T extends { readonly id: string; readonly version: number }>(table: Map<string, Known<T>>, value: T, generation: number): void {
  const known = table.get(value.id);
  if (!known || known.generation < generation || known.value.version < value.version) {
    table.set(value.id, { value, generation });
  }
}

/** Without what an earlier generation had and the lists do not have any more, and without most of what has ended. */
function swept(state: BoardState): BoardState {
  return {
    ...state,
    incidents: kept(state.incidents, state.generation, isOpen),
    sessions: kept(state.sessions, state.generation, isActive),
    vendors: kept(state.vendors, state.generation, () => true),
  };
}

function kept<T>(table: Table<T>, generation: number, lives: (value: T) => boolean): Table<T> {
  const present = [...table].filter(([, known]) => known.generation === generation);
  const ended = present.filter(([, { value }]) => !lives(value)).slice(-ENDED_KEPT);
  return new Map([...present.filter(([, { value }]) => lives(value)), ...ended]);
}
