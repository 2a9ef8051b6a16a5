import { describe, expect, it } from 'vitest';
import { bearingDegrees, between, metersBetween, shortWay } from './geometry';

describe('shortWay', () => {
  it.each([
    [350, 10, 20],
    [10, 350, -20],
    [0, 90, 90],
    [90, 0, -90],
    [179, -179, 2],
    [-179, 179, -2],
  ])('turns from %d to %d by %d degrees', (from, to, turn) => {
    expect(shortWay(from, to)).toBeCloseTo(turn);
  });
});

describe('positions', () => {
  it('are as far apart as they are', () => {
    expect(metersBetween({ latitude: 30, longitude: -97 }, { latitude: 31, longitude: -97 })).toBeCloseTo(111_195, -1);
    expect(metersBetween({ latitude: 60, longitude: 10 }, { latitude: 60, longitude: 11 })).toBeCloseTo(55_597, -2);
    expect(metersBetween({ latitude: 0, longitude: 179.5 }, { latitude: 0, longitude: -179.5 })).toBeCloseTo(111_195, -1);
  });

  it.each([
    [1, 0, 0],
    [0, 1, 90],
    [-1, 0, 180],
    [0, -1, 270],
  ])('lie in a direction: %d north and %d east is %d degrees', (latitude, longitude, degrees) => {
    expect(bearingDegrees({ latitude: 0, longitude: 0 }, { latitude, longitude })).toBeCloseTo(degrees);
  });

  it('are between two others, also across the date line', () => {
    expect(between({ latitude: 0, longitude: 10 }, { latitude: 2, longitude: 20 }, 0.5)).toEqual({ latitude: 1, longitude: 15 });
    expect(between({ latitude: 0, longitude: 179 }, { latitude: 0, longitude: -179 }, 0.75).longitude).toBeCloseTo(-179.5);
  });
});
