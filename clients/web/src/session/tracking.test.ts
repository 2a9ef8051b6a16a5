import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TrailOfSessionDocument, type FixFragment } from '../../generated/graphql';
import { ask } from '../api/ask';
import { anonymous } from '../api/credentials';
import { Failed } from '../api/failure';
import { follow, type Following } from '../api/follow';
import { Tracking } from './tracking';
import type { TrackingUpdate } from './trackingState';

vi.mock('../api/ask', () => ({ ask: vi.fn() }));
vi.mock('../api/follow', () => ({ follow: vi.fn(() => ({ stop: () => {}, wake: () => {} })) }));
vi.mock('../api/socket', () => ({ socketTransport: vi.fn() }));
vi.mock('../api/eventStream', () => ({ eventStreamTransport: vi.fn() }));

const settle = () => vi.advanceTimersByTimeAsync(0);
const named = (description: string) => ({ session: { id: 's', status: 'EN_ROUTE', startedAt: '2026-03-21T12:00:00Z', endedAt: null, incident: { description } } });
const fix = (second: number): FixFragment => ({ latitude: 1, longitude: second, recordedAt: new Date(second * 1_000).toISOString(), headingDegrees: null, speedMetersPerSecond: null });
const page = (fixes: FixFragment[], endCursor: string | null) => ({
  session: { trail: { edges: fixes.map((node) => ({ node })), pageInfo: { hasNextPage: endCursor !== null, endCursor } } },
});

/** How requests for the session are answered, the first one first. */
let loads: Pending[];
let pages: (after: string | null) => Promise<unknown>;

interface Pending {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (problem: unknown) => void;
}

beforeEach(() => {
  vi.useFakeTimers();
  loads = [];
  pages = async () => page([], null);
  vi.mocked(ask).mockImplementation((document: unknown, variables: unknown) =>
    document === TrailOfSessionDocument
      ? (pages((variables as { after: string | null }).after) as never)
      : new Promise((resolve, reject) => void loads.push({ resolve: resolve as never, reject })),
  );
});
afterEach(() => void vi.useRealTimers());

async function tracking() {
  const it = new Tracking({ sessionId: 's' }, Promise.resolve(anonymous));
  await settle();
  loads[0]!.resolve(named('first'));
  await settle();
  const { item } = vi.mocked(follow).mock.lastCall![0] as unknown as Following<{ onTrackingUpdated: TrackingUpdate }, unknown>;
  let sequence = 0;
  const update = (status: TrackingUpdate['status']) =>
    item({ onTrackingUpdated: { kind: 'STATUS', sequence: ++sequence, epoch: 'e', at: '2026-03-21T12:00:00Z', missed: 0, status, location: null, eta: null } as TrackingUpdate });
  return { it, update };
}

const description = (it: Tracking) => it.state.value.session?.incident.description;

it('what was asked for last is shown, whatever is answered last', async () => {
  const { it, update } = await tracking();
  update('ARRIVED');
  update('IN_SERVICE');
  loads[2]!.resolve(named('newer'));
  await settle();
  loads[1]!.resolve(named('older'));
  await settle();
  expect(description(it)).toBe('newer');
});

it('an answer that is lost is asked for again', async () => {
  const { it, update } = await tracking();
  update('ARRIVED');
  loads[1]!.reject(new Failed({ kind: 'lost' }));
  await vi.advanceTimersByTimeAsync(1_000);
  loads[2]!.resolve(named('again'));
  await settle();
  expect(description(it)).toBe('again');
});

it('a long trail is loaded to its end, and no part of it is shown before', async () => {
  const shown = new Set<number>();
  let tracked: Tracking | undefined;
  pages = async (after) => {
    const from = Number(after ?? 0);
    shown.add(tracked?.state.value.trail.length ?? 0);
    return page([fix(from), fix(from + 1)], from < 98 ? String(from + 2) : null);
  };
  tracked = (await tracking()).it;
  await settle();
  expect(tracked.state.value.trail.length).toBe(100);
  expect([...shown]).toEqual([0]);
});
