import type { DriverFragment, DriversJobFragment, FollowDriverSubscription, SessionStatus } from '../../generated/graphql';
import type { Failure } from '../api/failure';
import { FINAL } from '../session/trackingState';

/** What the page knows of a vendor and its jobs. Immutable. */
export interface DriveState {
  readonly phase: 'connecting' | 'live' | 'reconnecting' | 'refused' | 'broken';
  readonly vendor: DriverFragment | null;
  /** Whether the list of jobs was loaded: before that, no job means nothing. */
  readonly loaded: boolean;
  /** Jobs by their ids, each in the newest version that was seen. */
  readonly jobs: Readonly<Record<string, DriversJobFragment>>;
  /** What was known before the last RESET and was not told of since: it counts until the lists are loaded. */
  readonly doubtful: readonly string[];
  /** The position of the last change, which the next connection resumes after. */
  readonly after: string | null;
  /** Counts the RESETs: after each the lists are to be loaded. */
  readonly resets: number;
}

export type DriveEvent =
  /** The lists, and how many RESETs there were when they were asked for. */
  | { readonly type: 'loaded'; readonly resets: number; readonly vendor: DriverFragment | null; readonly jobs: readonly DriversJobFragment[] }
  | { readonly type: 'opened' }
  | { readonly type: 'changed'; readonly change: FollowDriverSubscription['onDispatchChanged'] }
  | { readonly type: 'job'; readonly job: DriversJobFragment }
  | { readonly type: 'vendor'; readonly vendor: DriverFragment }
  | { readonly type: 'lost' }
  | { readonly type: 'closed'; readonly failure: Failure | null };

export const INITIAL: DriveState = {
  phase: 'connecting',
  vendor: null,
  loaded: false,
  jobs: {},
  doubtful: [],
  after: null,
  resets: 0,
};

/** The next state. Knows no time and touches nothing. */
export function reduce(state: DriveState, event: DriveEvent): DriveState {
  switch (event.type) {
    case 'loaded': {
      if (event.resets !== state.resets) {
        // the lists that the last RESET asks for are still to come
        return state;
      }
      const sure = Object.values(state.jobs).filter(({ id }) => !state.doubtful.includes(id));
      const kept = { ...state, jobs: byId(sure), doubtful: [], loaded: true };
      return event.jobs.reduce(withJob, event.vendor ? withVendor(kept, event.vendor) : kept);
    }
    case 'opened':
      return { ...state, phase: 'live' };
    case 'changed':
      return changed(state, event.change);
    case 'job':
      return withJob(state, event.job);
    case 'vendor':
      return withVendor(state, event.vendor);
    case 'lost':
      return { ...state, phase: state.after ? 'reconnecting' : 'connecting' };
    case 'closed':
      return { ...state, phase: event.failure?.kind === 'refused' ? 'refused' : 'broken' };
  }
}

/** The job that the vendor is on; the one that was given last, if there should be several. Null if there is none. */
export function currentJob({ jobs }: DriveState): DriversJobFragment | null {
  return Object.values(jobs)
    .filter(({ status }) => !FINAL.includes(status))
    .reduce<DriversJobFragment | null>((newest, job) => (newest && newest.startedAt >= job.startedAt ? newest : job), null);
}

/** The step after a step, if the vendor reports it. */
export function nextStep(status: SessionStatus): SessionStatus | null {
  const next: Partial<Record<SessionStatus, SessionStatus>> = {
    ASSIGNED: 'EN_ROUTE',
    EN_ROUTE: 'ARRIVED',
    ARRIVED: 'IN_SERVICE',
    IN_SERVICE: 'COMPLETED',
  };
  return next[status] ?? null;
}

function changed(state: DriveState, { kind, position, session, vendor }: FollowDriverSubscription['onDispatchChanged']): DriveState {
  const moved: DriveState = { ...state, phase: 'live', after: position };
  if (kind === 'RESET') {
    return { ...moved, doubtful: Object.keys(state.jobs), resets: state.resets + 1 };
  }
  const known = session ? withJob(moved, session) : moved;
  return vendor ? withVendor(known, vendor) : known;
}

/** An object never goes back to an earlier version. */
function withJob(state: DriveState, job: DriversJobFragment): DriveState {
  const doubtful = state.doubtful.filter((id) => id !== job.id);
  const known = state.jobs[job.id];
  return known && known.version > job.version ? { ...state, doubtful } : { ...state, doubtful, jobs: { ...state.jobs, [job.id]: job } };
}

function withVendor(state: DriveState, vendor: DriverFragment): DriveState {
  return state.vendor && state.vendor.version > vendor.version ? state : { ...state, vendor };
}

function byId(jobs: readonly DriversJobFragment[]): DriveState['jobs'] {
  return Object.fromEntries(jobs.map((job) => [job.id, job]));
}
