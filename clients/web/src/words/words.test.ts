import { describe, expect, it } from 'vitest';
import { firstLocale } from './locale';
import { ago, clockTime, remaining } from './time';
import { distance, usesMiles } from './units';

describe('a distance', () => {
  it.each([
    [5150, 'en-US', '3.2 mi'],
    [5150, 'de-DE', '5,2 km'],
    [5150, 'en-GB', '3.2 mi'],
    [160, 'en-US', '500 ft'],
    [160, 'fr-FR', '150 m'],
    [3, 'de', '50 m'],
    [965, 'de', '1,0 km'],
    [48_000, 'en-US', '30 mi'],
  ])('of %d m is told to %s as %s', (meters, locale, text) => {
    expect(distance(meters, locale).replace(/\s/g, ' ')).toBe(text);
  });

  it('is in miles where the signs are', () => {
    expect(['en', 'en-US', 'en-GB', 'my-MM'].every(usesMiles)).toBe(true);
    expect(['de', 'en-CA', 'en-AU', 'fr', 'es-MX'].some(usesMiles)).toBe(false);
  });
});

describe('what is left', () => {
  it.each([
    [7 * 60_000, '7 min'],
    [7 * 60_000 - 1, '7 min'],
    [6 * 60_000, '6 min'],
    [61_000, '2 min'],
    [60_000, '1 min'],
    [59_900, '59 s'],
    [1_000, '1 s'],
    [72 * 60_000, '1 h 12 min'],
    [60 * 60_000, '1 h 0 min'],
  ])('of %d ms is %s', (leftMs, text) => {
    expect(remaining(leftMs)).toBe(text);
  });

  it('is nothing once the time has come', () => {
    expect(remaining(999)).toBeNull();
    expect(remaining(-60_000)).toBeNull();
  });

  it('never grows as time passes', () => {
    const seconds = (text: string | null) => {
      const [, hours = 0, minutes = 0, rest = 0] = /^(?:(\d+) h )?(?:(\d+) min)?(?:(\d+) s)?$/.exec(text ?? '')!.map(Number);
      return (hours || 0) * 3600 + (minutes || 0) * 60 + (rest || 0);
    };
    let before = Infinity;
    for (let leftMs = 2 * 3_600_000; leftMs >= -5_000; leftMs -= 500) {
      const left = seconds(remaining(leftMs));
      expect(left).toBeLessThanOrEqual(before);
      before = left;
    }
    expect(before).toBe(0);
  });
});

describe('the past', () => {
  it.each([
    [-3_000, 'just now'],
    [4_999, 'just now'],
    [40_000, '40 s ago'],
    [89_999, '89 s ago'],
    [180_000, '3 min ago'],
    [7_200_000, '2 h ago'],
  ])('%d ms ago is %s', (passedMs, text) => {
    expect(ago(passedMs)).toBe(text);
  });
});

describe('a time of day', () => {
  it('has the date if it is of another day', () => {
    const noon = new Date(2026, 2, 21, 12, 0).getTime();
    expect(clockTime(noon, 'en-GB', noon + 60_000)).toBe('12:00');
    expect(clockTime(noon, 'en-GB', noon + 86_400_000)).toContain('21 Mar');
  });
});

describe('the language', () => {
  it('is the first that is one', () => {
    expect(firstLocale(['en-US@posix', 'de-AT', 'fr'])).toBe('de-AT');
    expect(firstLocale([])).toBe('en-US');
  });
});
