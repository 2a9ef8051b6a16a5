import type { FixFragment, FollowSessionSubscription, SessionStatus, TrackedFragment } from '../../generated/graphql';
import type { Failure } from '../api/failure';
import type { Fix } from '../map/motion';
import { isOverdue } from './stale';

export type TrackingUpdate = FollowSessionSubscription['onTrackingUpdated'];

/** What the screen knows of the connection. Whether a vehicle was not heard of for long is another matter: see `isStale`. */
export type Phase =
  | 'connecting'
  | 'live'
  | 'reconnecting'
  /** The job is over, and nothing more will come. */
  | 'ended'
  /** There is no such session for this viewer. */
  | 'gone'
  /** The viewer may not see it, or no longer. */
  | 'refused'
  /** It cannot be shown for another reason. */
  | 'broken';

/** All that a screen knows of a session. Immutable. */
export interface TrackingState {
  readonly phase: Phase;
  readonly session: TrackedFragment | null;
  readonly status: SessionStatus | null;
  /** When each step was reached, in milliseconds since 1970, as far as it is known. */
  readonly reachedMs: Readonly<Partial<Record<SessionStatus, number>>>;
  /** The newest fix by its recorded time. */
  readonly location: Fix | null;
  readonly eta: { readonly arrivesMs: number; readonly distanceMeters: number } | null;
  /** The last update, which the next connection resumes after. */
  readonly cursor: { readonly after: number; readonly epoch: string } | null;
  /** Every known fix by its recorded time, each time once. */
  readonly trail: readonly Fix[];
  /** Counts the snapshots that replaced what was known: with each, session and trail are to be loaded anew. */
  readonly restarts: number;
}

export type TrackingEvent =
  | { readonly type: 'loaded'; readonly session: TrackedFragment }
  | { readonly type: 'trail'; readonly fixes: readonly FixFragment[] }
  | { readonly type: 'opened' }
  | { readonly type: 'updated'; readonly update: TrackingUpdate }
  | { readonly type: 'lost' }
  /** The stream has ended: it is complete, or failed for good. */
  | { readonly type: 'closed'; readonly failure: Failure | null };

export const INITIAL: TrackingState = {
  phase: 'connecting',
  session: null,
  status: null,
  reachedMs: {},
  location: null,
  eta: null,
  cursor: null,
  trail: [],
  restarts: 0,
};

export const FINAL: readonly SessionStatus[] = ['COMPLETED', 'CANCELLED'];

const PHASE_AFTER = { lost: 'reconnecting', refused: 'refused', absent: 'gone', broken: 'broken' } as const;

/** The next state. Knows no time and touches nothing. */
export function reduce(state: TrackingState, event: TrackingEvent): TrackingState {
  switch (event.type) {
    case 'loaded':
      return loaded(state, event.session);
    case 'trail':
      return { ...state, trail: merge(state.trail, event.fixes.map(fixOf)) };
    case 'opened':
      return state.phase === 'ended' ? state : { ...state, phase: 'live' };
    case 'updated':
      return updated(state, event.update);
    case 'lost':
      // before the first answer there is nothing to come back to
      return { ...state, phase: state.cursor ? 'reconnecting' : 'connecting' };
    case 'closed':
      return { ...state, phase: state.phase === 'ended' || !event.failure ? 'ended' : PHASE_AFTER[event.failure.kind] };
  }
}

/** What the stream said is newer than the answer to a query, whichever comes first. */
function loaded(state: TrackingState, session: TrackedFragment): TrackingState {
  const reachedMs = { ASSIGNED: Date.parse(session.startedAt), ...state.reachedMs };
  if (session.endedAt && FINAL.includes(session.status)) {
    reachedMs[session.status] ??= Date.parse(session.endedAt);
  }
  return { ...state, session, status: state.cursor ? state.status : session.status, reachedMs };
}

function updated(state: TrackingState, update: TrackingUpdate): TrackingState {
  const { kind, sequence, epoch } = update;
  const otherHistory = state.cursor !== null && state.cursor.epoch !== epoch;
  // A snapshot is the present state, whatever came before; the end has the number of the snapshot before it.
  const repeats = !otherHistory && state.cursor !== null && sequence <= state.cursor.after;
  if (repeats && kind !== 'SNAPSHOT' && kind !== 'ENDED') {
    return state;
  }
  const cursor = { after: sequence, epoch };
  if (kind === 'GAP') {
    return { ...state, cursor };
  }
  const begun = otherHistory ? { ...state, trail: [], location: null, reachedMs: {} } : state;
  const restarted = kind === 'SNAPSHOT' && state.cursor !== null;
  const over = FINAL.includes(update.status);
  const location = newest(begun.location, update, kind);
  return {
    ...begun,
    phase: kind === 'ENDED' ? 'ended' : 'live',
    cursor,
    status: update.status,
    reachedMs: reached(begun, update),
    location,
    // whoever may no longer see where it is may not see where it was
    trail: location ? merge(begun.trail, update.location ? [fixOf(update.location)] : []) : [],
    eta: update.eta && !over ? { arrivesMs: Date.parse(update.eta.arrivesAt), distanceMeters: update.eta.distanceMeters } : null,
    restarts: state.restarts + (restarted ? 1 : 0),
  };
}

/** A vehicle never goes back in time, save in another history. After the end the service decides whether it is still shown. */
function newest(before: Fix | null, { location, status }: TrackingUpdate, kind: TrackingUpdate['kind']): Fix | null {
  if (!location) {
    return FINAL.includes(status) || kind === 'SNAPSHOT' ? null : before;
  }
  const fix = fixOf(location);
  return before && before.recordedMs >= fix.recordedMs ? before : fix;
}

function reached(state: TrackingState, { kind, status, at }: TrackingUpdate): TrackingState['reachedMs'] {
  // the moment of a snapshot is that of its last change, which may be a location
  const known = kind === 'STATUS' || kind === 'ENDED';
  return known && state.reachedMs[status] === undefined ? { ...state.reachedMs, [status]: Date.parse(at) } : state.reachedMs;
}

function merge(trail: readonly Fix[], fixes: readonly Fix[]): readonly Fix[] {
  const last = trail.at(-1);
  if (fixes.length === 1 && last && fixes[0]!.recordedMs > last.recordedMs) {
    return [...trail, fixes[0]!];
  }
  const byTime = new Map([...trail, ...fixes].map((fix) => [fix.recordedMs, fix]));
  return [...byTime.values()].sort((one, other) => one.recordedMs - other.recordedMs);
}

export function fixOf({ latitude, longitude, recordedAt, headingDegrees }: FixFragment): Fix {
  return { latitude, longitude, recordedMs: Date.parse(recordedAt), headingDegrees };
}

/** @param nowMs the service's time */
export function isStale({ phase, status, location }: TrackingState, nowMs: number): boolean {
  return (phase === 'live' || phase === 'reconnecting') && isOverdue(status, location, nowMs);
}
