import { describe, expect, it } from 'vitest';
import { INITIAL } from '../session/trackingState';
import { headlineOf, noticeOf } from './words';

const MINUTE_MS = 60_000;
const ARRIVES_MS = new Date(2026, 2, 21, 12, 7).getTime();

describe('who waits is told', () => {
  const coming = {
    ...INITIAL,
    status: 'EN_ROUTE',
    location: { latitude: 30.29, longitude: -97.742, recordedMs: ARRIVES_MS - 7 * MINUTE_MS, headingDegrees: null },
    eta: { arrivesMs: ARRIVES_MS, distanceMeters: 5150 },
  } as const;
  const headline = (minutesBefore: number) => {
    const { title, text } = headlineOf(coming, 'en-GB', ARRIVES_MS - minutesBefore * MINUTE_MS);
    return { title, text: text.replace(/\s/g, ' ') };
  };

  it('how long it still takes, which falls as time passes, without another word of the service', () => {
    expect(headline(7)).toEqual({ title: '7 min', text: 'Arrives about 12:07 · 3.2 mi to go' });
    expect(headline(6)).toEqual({ title: '6 min', text: 'Arrives about 12:07 · 3.2 mi to go' });
    expect(headline(0.5).title).toBe('30 s');
  });

  it('no time once it has passed', () => {
    expect(headline(-1)).toEqual({ title: 'Any moment', text: '3.2 mi to go' });
  });

  it('no time before there is a position', () => {
    expect(headlineOf({ ...coming, location: null }, 'en-GB', ARRIVES_MS).title).toBe('On the way');
  });

  it('to sign in who came without a link, and to ask for another link whose link has ended', () => {
    expect(noticeOf('refused', 'nobody')!.title).toBe('Sign in to see this job');
    expect(noticeOf('refused', 'guest')!.text).toContain('The link has ended');
    expect(noticeOf('refused', 'known')!.text).not.toMatch(/link|sign in/i);
  });
});
