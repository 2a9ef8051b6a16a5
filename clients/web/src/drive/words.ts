import type { Availability, LocationOutcome, SessionStatus } from '../../generated/graphql';
import { failureOf } from '../api/patiently';
import type { Badge } from '../page/BadgePill';
import type { Headline } from '../page/Notice';
import type { TrackingState } from '../session/trackingState';
import { ago, clockTime, remaining } from '../words/time';
import { distance } from '../words/units';
import type { DriveState } from './driveState';
import type { SharingState } from './sharing';

/** What the button says with which the vendor reports a step. */
export const REPORTS: Partial<Record<SessionStatus, string>> = {
  EN_ROUTE: 'I am on my way',
  ARRIVED: 'I have arrived',
  IN_SERVICE: 'I start work',
  COMPLETED: 'The job is done',
};

/** What matters most now to who drives. */
export function headlineOf(status: SessionStatus, { eta }: TrackingState, metersAway: number | null, locale: string, nowMs: number): Headline {
  const far = metersAway === null ? null : distance(metersAway, locale);
  switch (status) {
    case 'ASSIGNED':
      return { title: 'A job for you', text: far ? `${far} away` : 'Set out when you are ready.' };
    case 'EN_ROUTE': {
      const left = eta && remaining(eta.arrivesMs - nowMs);
      const text = far ? `${far} to go` : 'Share your position, so that the customer sees you come.';
      return left ? { title: left, text: `You are expected about ${clockTime(eta.arrivesMs, locale, nowMs)} · ${text}` } : { title: 'On your way', text };
    }
    case 'ARRIVED':
      return { title: 'You are there', text: 'The customer knows that you have arrived.' };
    case 'IN_SERVICE':
      return { title: 'You are at work', text: 'Tell when it is done.' };
    case 'COMPLETED':
      return { title: 'All done', text: 'The job is over.' };
    case 'CANCELLED':
      return { title: 'Cancelled', text: 'This job is not yours any more.' };
  }
}

export function badgeOf(phase: DriveState['phase']): Badge {
  switch (phase) {
    case 'live':
      return { tone: 'good', text: 'Live' };
    case 'reconnecting':
      return { tone: 'waiting', text: 'Reconnecting …' };
    case 'connecting':
      return { tone: 'quiet', text: 'Connecting …' };
    default:
      return { tone: 'quiet', text: 'Ended' };
  }
}

export const AVAILABILITIES: Record<Availability, string> = {
  AVAILABLE: 'You get the next job that fits.',
  BUSY: 'You are busy, and get no jobs.',
  OFFLINE: 'You get no jobs.',
};

/** What a vendor without a job can expect. */
export const NO_JOB: Record<Availability, string> = {
  AVAILABLE: 'Your next job shows here by itself.',
  BUSY: 'The next one shows here once you are free.',
  OFFLINE: 'Take jobs again to get the next one.',
};

const OUTCOMES: Record<LocationOutcome, string> = {
  STORED: 'The customer sees you.',
  LIVE_ONLY: 'The customer sees you.',
  DUPLICATE: 'The customer sees you.',
  LATE: 'The service added earlier positions.',
  REJECTED: 'The last position was not taken.',
};

/** What becomes of the positions of the device. */
export function sharingText({ phase, waiting, last, offline, trouble }: SharingState, nowMs: number): string {
  switch (phase) {
    case 'off':
      if (trouble !== null) {
        return `Your position is not shared any more. ${trouble}`;
      }
      return waiting > 0 ? waitingText(waiting) : 'The customer does not see where you are.';
    case 'asking':
      return 'Finding out where you are …';
    case 'denied':
      return 'This browser may not tell where you are. Allow it in the settings of the page, and try again.';
    case 'unknown':
      return 'This device does not know where it is.';
    case 'on':
      break;
  }
  if (offline) {
    return waitingText(waiting);
  }
  if (trouble !== null) {
    return `The service did not take your position, and is asked again. ${trouble}`;
  }
  return last ? `${OUTCOMES[last.outcome]}${last.reason ? ` ${last.reason}` : ''} Sent ${ago(nowMs - last.atMs)}.` : 'Sending …';
}

function waitingText(waiting: number): string {
  return `No connection: ${waiting} ${waiting === 1 ? 'position waits' : 'positions wait'}, and will be sent.`;
}

/** Why the service did not accept what the vendor reported. */
export function troubleOf(problem: unknown): string {
  const failure = failureOf(problem);
  return failure.kind === 'broken' ? failure.message : 'The service did not accept this.';
}
