import { describe, expect, it } from 'vitest';
import type { CacheLookup } from '../api/ask';
import { served, withReport } from './cacheLog';

const lookup = (result: CacheLookup['result'], tier: CacheLookup['tier'], ageMs: number | null = null): CacheLookup => ({ result, tier, ageMs, reason: null });

describe('the reports of a board', () => {
  const first = withReport([], {
    '/listTrackingSessions/edges[0]/node/vendor': lookup('hit', 'l1', 1200),
    '/listTrackingSessions/edges[1]/node/vendor': lookup('hit', 'l2', 300),
    '/listTrackingSessions/edges[10]/node/vendor': lookup('miss', 'store'),
    '/searchVendorsNearby': lookup('miss', 'store'),
  });

  it('are summed by field', () => {
    expect(first).toEqual([
      { field: 'listTrackingSessions.vendor', lookups: 3, results: { hit: 2, miss: 1 }, tiers: { l1: 1, l2: 1, store: 1 }, oldestMs: 1200 },
      { field: 'searchVendorsNearby', lookups: 1, results: { miss: 1 }, tiers: { store: 1 }, oldestMs: null },
    ]);
    expect(first.map(served)).toEqual([2, 0]);
  });

  it('add up, and tell the age of the last answer', () => {
    const [, search] = withReport(first, { '/searchVendorsNearby': lookup('stale', 'l1', 70_000) });
    expect(search).toEqual({ field: 'searchVendorsNearby', lookups: 2, results: { miss: 1, stale: 1 }, tiers: { store: 1, l1: 1 }, oldestMs: 70_000 });
    expect(withReport([search!], { '/searchVendorsNearby': lookup('miss', 'store') })[0]!.oldestMs).toBeNull();
  });

  it('count what was served and renewed as served, and what went past the cache not', () => {
    const sums = withReport([], { '/a': lookup('renewed', 'l1', 1), '/b': lookup('bypass', null), '/c': lookup('stale', 'l1', 1) });
    expect(sums.map(served)).toEqual([1, 0, 1]);
  });
});
