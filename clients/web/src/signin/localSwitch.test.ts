import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LocalSwitch, type Choice } from './localSwitch';

const choice = (subject: string): Choice => ({ role: 'VENDOR', subject, tenant: 'local' });
const settle = () => vi.advanceTimersByTimeAsync(0);

let answers: (() => void)[];
const stored = new Map<string, string>();
const whoIsStored = () => [...stored.values()].map((text) => JSON.parse(text).choice.subject);

beforeEach(() => {
  vi.useFakeTimers();
  answers = [];
  stored.clear();
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  });
  vi.stubGlobal('fetch', () => new Promise((resolve) => {
    const answer = { token: 'x', expiresAt: new Date(Date.now() + 60_000).toISOString() };
    answers.push(() => resolve({ ok: true, status: 200, json: async () => answer }));
  }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function signedInAs(subject: string) {
  const local = new LocalSwitch('/local/token', () => {});
  const become = local.become(choice(subject), () => {});
  answers.shift()!();
  return { local, token: await become };
}

it('a token that is renewed is stored', async () => {
  const { token } = await signedInAs('a');
  stored.clear();
  const renewed = token.renew();
  answers.shift()!();
  expect(await renewed).toBe(true);
  expect(whoIsStored()).toEqual(['a']);
});

it('a renewal that is under way when one signs out stores nothing', async () => {
  const { local, token } = await signedInAs('a');
  void token.renew();
  token.stop();
  await local.forget();
  answers.shift()!();
  await settle();
  expect(whoIsStored()).toEqual([]);
});

it('a renewal that is under way when one becomes somebody else does not bring the first one back', async () => {
  const { local, token } = await signedInAs('a');
  void token.renew();
  const become = local.become(choice('b'), () => token.stop());
  answers[1]!();
  await become;
  answers[0]!();
  await settle();
  expect(whoIsStored()).toEqual(['b']);
});
