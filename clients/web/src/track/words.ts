import type { Headline } from '../page/Notice';
import type { TrackingState } from '../session/trackingState';
import { clockTime, remaining } from '../words/time';
import { distance } from '../words/units';

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

/** Who looks: by a share link, signed in, or neither. */
export type Onlooker = 'guest' | 'known' | 'nobody';

const REFUSED: Record<Onlooker, Headline> = {
  guest: { title: 'You cannot see this job', text: 'The link has ended. Ask whoever sent it for a new one.' },
  known: { title: 'You cannot see this job', text: 'It is not shown to whom you are signed in as.' },
  nobody: { title: 'Sign in to see this job', text: 'Without signing in you need the whole link that somebody shared with you.' },
};

/** Instead of the map, where there is nothing to show. */
export function noticeOf(phase: TrackingState['phase'] | 'nothing', onlooker: Onlooker = 'guest'): Headline | null {
  switch (phase) {
    case 'nothing':
      return { title: 'Nothing to follow', text: 'This address names no job. Open the link that you were given.' };
    case 'gone':
      return { title: 'There is no such job', text: 'The link is wrong, or the job is not yours to see.' };
    case 'refused':
      return REFUSED[onlooker];
    case 'broken':
      return { title: 'This cannot be shown', text: 'Something is wrong on our side. Load the page again in a while.' };
    default:
      return null;
  }
}
