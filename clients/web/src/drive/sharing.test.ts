import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../api/ask';
import { anonymous } from '../api/credentials';
import { Failed, type Failure } from '../api/failure';
import { Sharing } from './sharing';

vi.mock('../api/ask', () => ({ ask: vi.fn() }));

const ANSWER_MS = 2_500;
const LOST: Failure = { kind: 'lost' };
const pass = (millis: number) => vi.advanceTimersByTimeAsync(millis);

/** What the service answers to each request, the last one again and again; null: it takes the positions. */
let answers: (Failure | null)[];
let tell: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  answers = [null];
  vi.stubGlobal('navigator', {
    geolocation: {
      watchPosition: (told: (reading: unknown) => void) => {
        tell = () => told({ timestamp: Date.now(), coords: { latitude: 30, longitude: -97, accuracy: 5, speed: null, heading: null } });
        const timer = setInterval(tell, 1_000);
        return timer;
      },
      clearWatch: (timer: ReturnType<typeof setInterval>) => clearInterval(timer),
    },
  });
  vi.mocked(ask).mockReset().mockImplementation(async () => {
    const failure = answers.length > 1 ? answers.shift()! : answers[0]!;
    await new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    if (failure) {
      throw new Failed(failure);
    }
    return { results: [{ outcome: 'STORED', reason: null }] } as never;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function sharing(): Sharing {
  const it = new Sharing('s', anonymous);
  it.start();
  return it;
}

/** Whether it comes back within that time. */
async function within(millis: number, promise: Promise<void>): Promise<boolean> {
  let done = false;
  void promise.then(() => (done = true));
  await pass(millis);
  return done;
}

describe('a step that ends a job', () => {
  it('waits for the positions before it, and not for those that go on to come', async () => {
    const it = sharing();
    await pass(3_100);
    expect(it.state.value.waiting).toBeGreaterThan(0);
    expect(await within(20_000, it.sent())).toBe(true);
    expect(it.state.value.phase, 'the device goes on to tell where it is').toBe('on');
  });

  it('waits while nobody answers', async () => {
    answers = [LOST];
    const it = sharing();
    await pass(3_100);
    const sent = it.sent();
    expect(await within(60_000, sent)).toBe(false);
    answers = [null];
    expect(await within(60_000, sent)).toBe(true);
  });

  it('does not wait for a service that takes no position', async () => {
    answers = [{ kind: 'broken', message: 'Internal', code: 'INTERNAL' }];
    const it = sharing();
    await pass(3_100);
    expect(await within(20_000, it.sent())).toBe(true);
  });
});

describe('positions that the service does not take', () => {
  it('wait after a fault of the service, and are sent later', async () => {
    answers = [{ kind: 'broken', message: 'Something went wrong', code: 'INTERNAL' }, null];
    const it = sharing();
    await pass(1_000 + ANSWER_MS);
    expect(it.state.value).toMatchObject({ phase: 'on', waiting: 3, offline: false, trouble: 'Something went wrong' });
    await pass(10_000);
    expect(it.state.value).toMatchObject({ phase: 'on', trouble: null, last: { outcome: 'STORED' } });
    expect(vi.mocked(ask).mock.calls.length).toBeGreaterThan(1);
  });

  it.each<[Failure, RegExp]>([
    [{ kind: 'broken', message: 'The session has ended.', code: 'CONFLICT' }, /The session has ended/],
    [{ kind: 'absent' }, /not there/],
    [{ kind: 'refused', forbidden: true }, /may not/],
  ])('are given up after %o, and the driver reads why', async (failure, why) => {
    answers = [failure];
    const it = sharing();
    await pass(10_000);
    expect(it.state.value).toMatchObject({ phase: 'off', waiting: 0 });
    expect(it.state.value.trouble).toMatch(why);
    expect(vi.mocked(ask).mock.calls.length).toBe(1);
  });
});
