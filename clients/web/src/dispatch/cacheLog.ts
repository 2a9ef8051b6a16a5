import { signal, type ReadonlySignal } from '@preact/signals';
import type { CacheLookup, CacheReport } from '../api/ask';

type Result = CacheLookup['result'];
type Tier = NonNullable<CacheLookup['tier']>;

/** What the cache did for one field, over all requests. Immutable. */
export interface FieldLookups {
  /** Such as `searchVendorsNearby` or `listTrackingSessions.vendor`. */
  readonly field: string;
  readonly lookups: number;
  readonly results: Readonly<Partial<Record<Result, number>>>;
  readonly tiers: Readonly<Partial<Record<Tier, number>>>;
  /** Of the values of the last report the oldest, in milliseconds; null where all of them had just been read. */
  readonly oldestMs: number | null;
}

/** Results that came from the cache. */
const SERVED: readonly Result[] = ['hit', 'renewed', 'stale'];

/** The sums with one more report. Touches nothing. */
export function withReport(sums: readonly FieldLookups[], report: CacheReport): readonly FieldLookups[] {
  const byField = new Map(sums.map((sum) => [sum.field, sum]));
  const seen = new Set<string>();
  for (const [path, { result, tier, ageMs }] of Object.entries(report)) {
    const field = fieldOf(path);
    const sum = byField.get(field) ?? { field, lookups: 0, results: {}, tiers: {}, oldestMs: null };
    byField.set(field, {
      field,
      lookups: sum.lookups + 1,
      results: { ...sum.results, [result]: (sum.results[result] ?? 0) + 1 },
      tiers: tier ? { ...sum.tiers, [tier]: (sum.tiers[tier] ?? 0) + 1 } : sum.tiers,
      oldestMs: older(seen.has(field) ? sum.oldestMs : null, ageMs),
    });
    seen.add(field);
  }
  return [...byField.values()];
}

/** How many lookups the cache answered. */
export function served({ results }: Pick<FieldLookups, 'results'>): number {
  return SERVED.reduce((sum, result) => sum + (results[result] ?? 0), 0);
}

/** Sums the reports of one board. */
export class CacheLog {
  private readonly current = signal<readonly FieldLookups[]>([]);

  get fields(): ReadonlySignal<readonly FieldLookups[]> {
    return this.current;
  }

  add(report: CacheReport): void {
    this.current.value = withReport(this.current.value, report);
  }
}

/** `/listTrackingSessions/edges[0]/node/vendor`: the levels between say nothing. */
function fieldOf(path: string): string {
  const names = path.replace(/\[\d+\]/g, '').split('/').filter(Boolean);
  return names.filter((_, i) => i === 0 || i === names.length - 1).join('.');
}

function older(one: number | null, other: number | null): number | null {
  return one === null ? other : other === null ? one : Math.max(one, other);
}
