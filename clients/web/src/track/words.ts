import type { SessionStatus } from '../../generated/graphql';
import { STEPS } from '../words/jobs';
import { ago, clockTime, remaining } from '../words/time';
import { distance } from '../words/units';
import { isStale, type TrackingState } from './trackingState';

export interface Step {
  readonly status: SessionStatus;
  readonly name: string;
  readonly progress: 'done' | 'current' | 'ahead';
  /** The time of day at which it was reached, where it is known. */
  readonly time: string | null;
}

/** The steps of a job; of one that was cancelled those that were reached, as far as that is known, and the end. */
export function stepsOf({ status, reachedMs }: TrackingState, locale: string, nowMs: number): readonly Step[] {
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

export interface Headline {
  readonly title: string;
  readonly text: string;
}

/** What matters most now. */
export function headlineOf(state: TrackingState, locale: string, nowMs: number): Headline {
  const { status, session, eta, location } = state;
  const vendor = session?.vendor.name ?? 'The vendor';
  switch (status) {
    case null:
      return { title: 'One moment', text: 'Looking for the vehicle …' };
    case 'ASSIGNED':
    case 'EN_ROUTE': {
      if (!eta || !location) {
        return status === 'ASSIGNED'
          ? { title: 'Help is assigned', text: `${vendor} sets out soon.` }
          : { title: 'On the way', text: 'The first position of the vehicle will show here.' };
      }
      const left = remaining(eta.arrivesMs - nowMs);
      const far = `${distance(eta.distanceMeters, locale)} to go`;
      return left
        ? { title: left, text: `Arrives about ${clockTime(eta.arrivesMs, locale, nowMs)} · ${far}` }
        : { title: 'Any moment', text: far };
    }
    case 'ARRIVED':
      return { title: 'Help has arrived', text: `${vendor} is at the vehicle.` };
    case 'IN_SERVICE':
      return { title: 'Help is at work', text: `${vendor} is seeing to it.` };
    case 'COMPLETED':
      return { title: 'All done', text: `${vendor} has finished the job.` };
    case 'CANCELLED':
      return { title: 'Cancelled', text: 'Nobody comes for this job any more.' };
  }
}

export interface Badge {
  readonly tone: 'good' | 'waiting' | 'quiet';
  readonly text: string;
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

/** Instead of the map, where there is nothing to show. */
export function noticeOf(phase: TrackingState['phase'] | 'nothing'): Headline | null {
  switch (phase) {
    case 'nothing':
      return { title: 'Nothing to follow', text: 'This address names no job. Open the link that you were given.' };
    case 'gone':
      return { title: 'There is no such job', text: 'The link is wrong, or the job is not yours to see.' };
    case 'refused':
      return { title: 'You cannot see this job', text: 'The link has ended, or you have to sign in. Ask whoever sent it for a new one.' };
    case 'broken':
      return { title: 'This cannot be shown', text: 'Something is wrong on our side. Load the page again in a while.' };
    default:
      return null;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
