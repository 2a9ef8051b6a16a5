import { describe, expect, it } from 'vitest';
import { INITIAL } from '../session/trackingState';
import type { SharingState } from './sharing';
import { headlineOf, sharingText } from './words';

const sharing = (change: Partial<SharingState>): SharingState => ({ phase: 'on', waiting: 0, last: null, offline: false, trouble: null, ...change });

describe('who drives is told', () => {
  it('how far it is, and when it is expected', () => {
    const moving = { ...INITIAL, eta: { arrivesMs: 300_000, distanceMeters: 3218 } };
    expect(headlineOf('ASSIGNED', INITIAL, 3218, 'en-US', 0)).toEqual({ title: 'A job for you', text: '2.0 mi away' });
    expect(headlineOf('EN_ROUTE', moving, 3218, 'en-US', 0).title).toBe('5 min');
    expect(headlineOf('EN_ROUTE', moving, 3218, 'en-US', 0).text).toContain('2.0 mi to go');
    expect(headlineOf('EN_ROUTE', INITIAL, null, 'en-US', 0).title).toBe('On your way');
  });

  it('what became of its positions', () => {
    expect(sharingText(sharing({ phase: 'off' }), 0)).toContain('does not see');
    expect(sharingText(sharing({ phase: 'denied' }), 0)).toContain('Allow it');
    expect(sharingText(sharing({ last: { outcome: 'STORED', reason: null, atMs: 0 } }), 10_000)).toBe('The customer sees you. Sent 10 s ago.');
    expect(sharingText(sharing({ last: { outcome: 'REJECTED', reason: 'A jump.', atMs: 0 } }), 0)).toBe('The last position was not taken. A jump. Sent just now.');
    expect(sharingText(sharing({ phase: 'off', trouble: 'The job is over.' }), 0)).toBe('Your position is not shared any more. The job is over.');
    expect(sharingText(sharing({ offline: true, waiting: 1 }), 0)).toBe('No connection: 1 position waits, and will be sent.');
    expect(sharingText(sharing({ offline: true, waiting: 12 }), 0)).toBe('No connection: 12 positions wait, and will be sent.');
  });
});
