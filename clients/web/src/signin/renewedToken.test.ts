import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Failed } from '../api/failure';
import { RenewedToken, type Token } from './renewedToken';

const token = (text: string, lastsMs = 60_000): Token => ({ text, expiresMs: Date.now() + lastsMs });
const pass = (millis: number) => vi.advanceTimersByTimeAsync(millis);
const sent = (credentials: RenewedToken) => credentials.headers().Authorization;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a token', () => {
  it('is replaced before it ends, again and again', async () => {
    let fetched = 0;
    const credentials = new RenewedToken(token('t0'), async () => token(`t${++fetched}`), () => {});
    const beginMs = Date.now();
    for (let second = 0; second < 300; second++) {
      const ends = Number(sent(credentials)!.slice('Bearer t'.length)) * 45_000 + 60_000;
      expect(Date.now() - beginMs).toBeLessThan(ends);
      await pass(1_000);
    }
    expect(fetched).toBe(6);
  });

  it('is replaced at once when the service refuses it, by one request for all', async () => {
    const next = vi.fn(async () => token('new'));
    const credentials = new RenewedToken(token('old'), next, () => {});
    expect(await Promise.all([credentials.renew(), credentials.renew()])).toEqual([true, true]);
    expect(next).toHaveBeenCalledTimes(1);
    expect(sent(credentials)).toBe('Bearer new');
  });

  it('waits for the next one while nobody answers, and is not given up', async () => {
    const ended = vi.fn();
    const answers = [new Failed({ kind: 'lost' }), new Failed({ kind: 'lost' }), token('new')];
    const credentials = new RenewedToken(token('old'), async () => give(answers.shift()!), ended);
    const renewed = credentials.renew();
    await pass(30_000);
    expect(await renewed).toBe(true);
    expect(sent(credentials)).toBe('Bearer new');
    expect(ended).not.toHaveBeenCalled();
  });

  it('ends when there is no other one', async () => {
    const ended = vi.fn();
    const next = vi.fn(async () => give(new Failed({ kind: 'refused' })));
    const credentials = new RenewedToken(token('old'), next, ended);
    expect(await credentials.renew()).toBe(false);
    await pass(600_000);
    expect([ended.mock.calls.length, next.mock.calls.length]).toEqual([1, 1]);
  });

  it('is not replaced any more once nobody needs it', async () => {
    const next = vi.fn(async () => token('new'));
    const credentials = new RenewedToken(token('old'), next, () => {});
    credentials.stop();
    await pass(600_000);
    expect(next).not.toHaveBeenCalled();
  });

  it('that lasts very long is not replaced at once', async () => {
    const next = vi.fn(async () => token('new'));
    for (const lastsMs of [10 ** 12, Infinity]) {
      new RenewedToken(token('old', lastsMs), next, () => {});
    }
    await pass(86_400_000);
    expect(next).not.toHaveBeenCalled();
  });
});

function give(answer: Token | Failed): Token {
  if (answer instanceof Failed) {
    throw answer;
  }
  return answer;
}
