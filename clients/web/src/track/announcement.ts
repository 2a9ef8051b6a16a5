import type { SessionStatus } from '../../generated/graphql';
import { isStale, type TrackingState } from '../session/trackingState';

/** The minutes to go that are worth a word to who cannot see them fall. */
const MINUTES = [30, 15, 10, 5, 2, 1];

const PHASES: Partial<Record<TrackingState['phase'], string>> = {
  gone: 'There is nothing to see here.',
  refused: 'You cannot see this job.',
  broken: 'This job cannot be shown.',
};

const STATUSES: Record<SessionStatus, string> = {
  ASSIGNED: 'has your job',
  EN_ROUTE: 'is on the way',
  ARRIVED: 'has arrived',
  IN_SERVICE: 'is at work',
  COMPLETED: 'is done',
  CANCELLED: 'does not come: the job was cancelled',
};

/**
 * What a screen reader says when one state follows another: the steps, the last minutes, and lasting trouble, but no move. Null if there is
 * nothing to say.
 */
export function announcement(before: TrackingState, after: TrackingState, beforeMs: number, nowMs: number): string | null {
  const said = PHASES[after.phase];
  if (after.phase !== before.phase && said) {
    return said;
  }
  // whichever of the two is known first
  if (after.status && after.session && (after.status !== before.status || !before.session)) {
    return `${after.session.vendor.name} ${STATUSES[after.status]}.`;
  }
  if (isStale(after, nowMs) !== isStale(before, beforeMs)) {
    return isStale(after, nowMs) ? 'The vehicle has not been heard of for a while.' : 'The vehicle is seen again.';
  }
  const passed = MINUTES.findLast((minutes) => minutesLeft(before, beforeMs) > minutes && minutesLeft(after, nowMs) <= minutes);
  return passed ? `${passed} ${passed === 1 ? 'minute' : 'minutes'} to go.` : null;
}

/** Not a number, and so nothing that is passed, where it is unknown. */
function minutesLeft({ eta, status }: TrackingState, nowMs: number): number {
  return eta && status === 'EN_ROUTE' ? (eta.arrivesMs - nowMs) / 60_000 : NaN;
}
