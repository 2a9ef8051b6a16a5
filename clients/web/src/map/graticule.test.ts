import { describe, expect, it } from 'vitest';
import { graticule, stepDegrees } from './graticule';

const around = (west: number, width: number) => ({ west, south: 30, east: west + width, north: 30 + width / 2 });

describe('the graticule', () => {
  it('has four meridians or more in sight, and not many more', () => {
    for (const width of [0.005, 0.07, 0.4, 3, 40, 300]) {
      const lines = width / stepDegrees(around(-98, width));
      expect(lines).toBeGreaterThanOrEqual(4);
      expect(lines).toBeLessThanOrEqual(10);
    }
  });

  it('lies on round degrees and does not leave the map', () => {
    const { geometry } = graticule({ west: -200, south: -89, east: 200, north: 89 }).features[0]!;
    const lines = (geometry as { coordinates: number[][][] }).coordinates;
    expect(lines.length).toBeGreaterThan(10);
    for (const [from, to] of lines as [number[], number[]][]) {
      const degrees = from[0] === to[0] ? from[0]! : from[1]!;
      expect(degrees % 30).toBeCloseTo(0);
      expect(Math.abs(from[1]!)).toBeLessThanOrEqual(85);
    }
  });
});
