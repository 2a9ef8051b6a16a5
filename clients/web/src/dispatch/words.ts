import type { Availability, BoardIncidentFragment, BoardSessionFragment, Capability, IncidentKind, SessionStatus } from '../../generated/graphql';
import type { CacheLookup } from '../api/ask';
import type { Failure } from '../api/failure';
import type { Position } from '../map/geometry';
import type { Badge } from '../page/BadgePill';
import { STEPS } from '../words/job';
import { ago, clockTime, remaining } from '../words/time';
import { distance } from '../words/units';
import { isLoaded, type BoardState } from './boardState';
import { fixOf, isStale } from './jobs';

/** How far the board can be trusted. */
export function badgeOf(state: BoardState): Badge {
  switch (state.phase) {
    case 'live':
      return isLoaded(state) ? { tone: 'good', text: 'Live' } : { tone: 'quiet', text: 'Loading …' };
    case 'reconnecting':
      return { tone: 'waiting', text: 'Reconnecting …' };
    case 'connecting':
      return { tone: 'quiet', text: 'Connecting …' };
    default:
      return { tone: 'quiet', text: 'Not connected' };
  }
}

/** What a vendor must be able to do for such an incident; null: that depends. */
export const NEEDED: Record<IncidentKind, Capability | null> = {
  TIRE: 'TIRE_REPAIR',
  ENGINE: 'ENGINE_REPAIR',
  BATTERY: 'BATTERY_JUMP',
  FUEL: 'FUEL_DELIVERY',
  LOCKOUT: 'LOCKOUT',
  COLLISION: 'TOWING',
  STUCK: 'WINCHING',
  OTHER: null,
};

export const AVAILABILITIES: Record<Availability, string> = { AVAILABLE: 'Available', BUSY: 'Busy', OFFLINE: 'Off duty' };

const STATUSES: Record<SessionStatus, string> = { ...(Object.fromEntries(STEPS) as Record<SessionStatus, string>), CANCELLED: 'Cancelled' };

export function statusOf(incident: BoardIncidentFragment, session: BoardSessionFragment | null): string {
  if (session) {
    return STATUSES[session.status];
  }
  const words = { REPORTED: 'Waiting', ASSIGNED: 'Assigned', IN_PROGRESS: 'At work', RESOLVED: 'Done', CANCELLED: 'Cancelled' } as const;
  return words[incident.status];
}

/** The steps that a session may still reach, the next one first. */
export function stepsAhead(status: SessionStatus): typeof STEPS {
  const current = STEPS.findIndex(([step]) => step === status);
  return current < 0 ? [] : STEPS.slice(current + 1);
}

/** When the vehicle will be there, as short as it can be said; null where nobody knows. */
export function arrival({ status, eta }: BoardSessionFragment, nowMs: number): string | null {
  return eta && (status === 'ASSIGNED' || status === 'EN_ROUTE') ? (remaining(Date.parse(eta.arrivesAt) - nowMs) ?? 'any moment') : null;
}

/** The same in full: "4 min, about 14:05 · 2.3 mi to go". */
export function arrivalInFull(session: BoardSessionFragment, locale: string, nowMs: number): string | null {
  const left = arrival(session, nowMs);
  return left && session.eta
    ? `${left}, about ${clockTime(Date.parse(session.eta.arrivesAt), locale, nowMs)} · ${distance(session.eta.distanceMeters, locale)} to go`
    : null;
}

export interface LastFix {
  readonly text: string;
  readonly stale: boolean;
}

/** How old the newest fix of a vehicle is. */
export function lastFix(session: BoardSessionFragment, nowMs: number): LastFix {
  const fix = fixOf(session);
  return fix ? { text: `seen ${ago(nowMs - fix.recordedMs)}`, stale: isStale(session, nowMs) } : { text: 'no position yet', stale: false };
}

/** Four decimals are about ten metres. */
export function coordinates({ latitude, longitude }: Position, locale: string): string {
  const degrees = new Intl.NumberFormat(locale, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
  return `${degrees.format(latitude)}°, ${degrees.format(longitude)}°`;
}

/** Why something that was tried did not happen. */
export function troubleOf(failure: Failure): string {
  switch (failure.kind) {
    case 'broken':
      return failure.message;
    case 'lost':
      return 'The service did not answer, so it may or may not be done. It is safe to try again.';
    case 'refused':
      return 'You may not do this.';
    case 'absent':
      return 'It is not there any more.';
  }
}

/** Why there is no link to share. Another attempt makes another link, so it is not safe in the way that the others are. */
export function linkTroubleOf(failure: Failure): string {
  return failure.kind === 'lost' ? 'The service did not answer. If you try again there may be two links: both end with the job.' : troubleOf(failure);
}

export const TIERS: Record<NonNullable<CacheLookup['tier']>, string> = {
  l1: 'this instance',
  l2: 'Redis',
  request: 'same request',
  store: 'storage',
  flight: 'shared load',
};
