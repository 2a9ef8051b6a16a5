import { describe, expect, it } from 'vitest';
import { ClientTokens } from './clientTokens';

describe('a client token', () => {
  const wish = { kind: 'TIRE' };
  const lost = () => Promise.reject(new Error('lost'));

  it('is the same for another attempt, and another one once the wish was granted', async () => {
    let made = 0;
    const tokens = new ClientTokens(() => `t${++made}`);
    const used: string[] = [];
    const attempt = (answer: () => Promise<unknown>) => tokens.granted(wish, (token) => (used.push(token), answer()));
    await expect(attempt(lost)).rejects.toThrow('lost');
    await attempt(() => Promise.resolve());
    await attempt(() => Promise.resolve());
    expect(used).toEqual(['t1', 't1', 't2']);
  });

  it('is another one for another wish', async () => {
    let made = 0;
    const tokens = new ClientTokens(() => `t${++made}`);
    const used: string[] = [];
    for (const kind of ['TIRE', 'FUEL']) {
      await expect(tokens.granted({ kind }, (token) => (used.push(token), lost()))).rejects.toThrow();
    }
    expect(used).toEqual(['t1', 't2']);
  });
});
