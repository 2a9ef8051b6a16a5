import { describe, expect, it } from 'vitest';
import { nearest, tidy } from './place';

describe('what is nearest to a click', () => {
  const places = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 100, y: 100 }];
  const at = (x: number, y: number) => nearest(places, (place) => place, { x, y }, 20);

  it('is chosen within the limit', () => {
    expect(at(7, 3)).toBe(places[1]);
    expect(at(0, 20)).toBe(places[0]);
    expect(at(0, 21)).toBeNull();
  });

  it('is what is drawn last, and so above, where two are at one place', () => {
    const [below, above] = [{ x: 5, y: 5 }, { x: 5, y: 5 }];
    expect(nearest([below, above], (place) => place, { x: 5, y: 5 }, 20)).toBe(above);
  });
});

describe('a position', () => {
  it('lies on the globe, also on a map that was turned around it', () => {
    expect(tidy({ latitude: 30.12345678, longitude: 190.5 })).toEqual({ latitude: 30.123457, longitude: -169.5 });
    expect(tidy({ latitude: 0, longitude: -541 })).toEqual({ latitude: 0, longitude: 179 });
  });
});
