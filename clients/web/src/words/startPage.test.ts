import { describe, expect, it } from 'vitest';
// @ts-expect-error the start page has no types
import * as startPage from '../../../../src/main/resources/static/start/distance.js';
import { firstLocale } from './locale';
import { distance } from './units';

describe('the start page', () => {
  it('says distances as the tracking screen does', () => {
    for (const locale of ['en-US', 'en-GB', 'de-DE', 'fr-CA', 'my-MM', 'en']) {
      for (const meters of [0, 20, 74, 76, 305, 306, 900, 949, 951, 3_218, 14_400, 15_990, 16_100, 120_000]) {
        expect(startPage.distance(meters, locale), `${meters} m, ${locale}`).toBe(distance(meters, locale));
      }
    }
    expect(distance(14_400, 'en-US')).toBe('8.9 mi');
  });

  it('takes the same of the languages of the viewer', () => {
    for (const languages of [['en-US@posix', 'de-DE'], ['fr-CA', 'en-US'], []]) {
      expect(startPage.localeOf(languages)).toBe(firstLocale(languages));
    }
  });
});
