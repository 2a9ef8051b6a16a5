import { describe, expect, it } from 'vitest';
import type { LocationInput } from '../../generated/graphql';
import { batch, EMPTY, fixOf, withFix, without } from './fixQueue';

const fix = (second: number): LocationInput => ({ latitude: 1, longitude: 2, recordedAt: new Date(second * 1000).toISOString() });
const queued = (count: number) => Array.from({ length: count }, (_, i) => fix(i)).reduce(withFix, EMPTY);

describe('what waits to be sent', () => {
  it('goes out in the order in which it came, in batches that the service takes', () => {
    let queue = queued(1_200);
    const sizes = [];
    const order = [];
    while (queue.fixes.length > 0) {
      const sent = batch(queue);
      sizes.push(sent.length);
      order.push(...sent);
      queue = without(queue, sent);
    }
    expect(sizes).toEqual([500, 500, 200]);
    expect(order).toEqual(queued(1_200).fixes);
  });

  it('keeps what comes while a batch is on its way', () => {
    const queue = queued(3);
    const sent = batch(queue);
    expect(without(withFix(queue, fix(9)), sent).fixes).toEqual([fix(9)]);
  });

  it('becomes coarser where there is too much, from the first to the last', () => {
    const { fixes, dropped } = queued(20_000);
    expect(fixes.length).toBeLessThanOrEqual(7_200);
    expect(fixes.length + dropped).toBe(20_000);
    expect([fixes[0], fixes.at(-1)]).toEqual([fix(0), fix(19_999)]);
  });
});

describe('a fix', () => {
  const coords = { latitude: 30.29, longitude: -97.74, accuracy: 8, speed: null, heading: NaN };

  it('has the time of the service and what the device knows', () => {
    expect(fixOf({ timestamp: 1_000_000, coords }, (deviceMs) => deviceMs + 60_000)).toEqual({
      latitude: 30.29,
      longitude: -97.74,
      recordedAt: '1970-01-01T00:17:40.000Z',
      accuracyMeters: 8,
      speedMetersPerSecond: null,
      headingDegrees: null,
    });
  });
});
