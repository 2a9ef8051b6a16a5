import { validateStyleMin, type StyleSpecification } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, test, vi } from 'vitest';
import type { MapSource } from '../settings';
import { styleOf } from './ownStyle';

vi.mock('./archives', () => ({ urlOfImages: (url: string) => Promise.resolve(`pmtiles://${url}`) }));

const NOTHING: MapSource = { styleUrl: null, tilesUrl: null, pmtilesUrl: null, attribution: null };

describe('the map of the settings', () => {
  test('is a style by its URL', async () => {
    expect(await styleOf({ ...NOTHING, styleUrl: 'https://maps.example/style.json' })).toBe('https://maps.example/style.json');
  });

  test('is made of images, which say where they are from', async () => {
    const style = await valid({ ...NOTHING, tilesUrl: 'https://tiles.example/{z}/{x}/{y}.png', attribution: '© Us' });
    expect(style.sources.images).toMatchObject({ tiles: ['https://tiles.example/{z}/{x}/{y}.png'], attribution: '© Us', tileSize: 256 });
  });

  test('is made of an archive, which says itself where it is from', async () => {
    const pmtilesUrl = 'https://maps.example/city.pmtiles';
    const style = await valid({ ...NOTHING, pmtilesUrl });
    expect(style.sources.images).toMatchObject({ url: `pmtiles://${pmtilesUrl}` });
    expect(style.sources.images).not.toHaveProperty('attribution');
    expect((await valid({ ...NOTHING, pmtilesUrl, attribution: '© Us' })).sources.images).toHaveProperty('attribution', '© Us');
  });

  test('is the one of the pages if nothing is set', async () => {
    expect(await styleOf(NOTHING)).toBeNull();
  });
});

async function valid(map: MapSource): Promise<StyleSpecification> {
  const style = (await styleOf(map)) as StyleSpecification;
  expect(validateStyleMin(style)).toEqual([]);
  return style;
}
