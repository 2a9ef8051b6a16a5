import type { SessionStatus } from '../../generated/graphql';
import type { Badge } from '../page/BadgePill';
import { capital, STEPS } from '../words/job';
import { ago, clockTime } from '../words/time';
import { isStale, type TrackingState } from './trackingState';

export interface Step {
  readonly status: SessionStatus;
  readonly name: string;
  readonly progress: 'done' | 'current' | 'ahead';
  /** The time of day at which it was reached, where it is known. */
  readonly time: string | null;
}

/** How far a job is, and when it reached each step, in milliseconds since 1970, as far as that is known. */
export type Reached = Pick<TrackingState, 'status' | 'reachedMs'>;

/** The steps of a job; of one that was cancelled those that were reached, as far as that is known, and the end. */
export function stepsOf({ status, reachedMs }: Reached, locale: string, nowMs: number): readonly Step[] {
  const steps: typeof STEPS =
    status === 'CANCELLED' ? [...STEPS.filter(([step]) => reachedMs[step] !== undefined), ['CANCELLED', 'Cancelled']] : STEPS;
  const current = steps.findIndex(([step]) => step === status);
  return steps.map(([step, name], index) => ({
    status: step,
    name,
    progress: index < current || (index === current && index === steps.length - 1) ? 'done' : index === current ? 'current' : 'ahead',
    time: index <= current && reachedMs[step] !== undefined ? clockTime(reachedMs[step], locale, nowMs) : null,
  }));
}

/** How far the picture can be trusted. */
export function badgeOf(state: TrackingState, nowMs: number): Badge {
  const seen = state.location && isStale(state, nowMs) ? `last seen ${ago(nowMs - state.location.recordedMs)}` : null;
  switch (state.phase) {
    case 'live':
      return seen ? { tone: 'waiting', text: capital(seen) } : { tone: 'good', text: 'Live' };
    case 'reconnecting':
      return { tone: 'waiting', text: seen ? `Reconnecting · ${seen}` : 'Reconnecting …' };
    case 'connecting':
      return { tone: 'quiet', text: 'Connecting …' };
    default:
      return { tone: 'quiet', text: 'Ended' };
  }
}
