import { expect, it } from 'vitest';
import { ServerClock } from './clock';

const NOON_MS = Date.UTC(2026, 2, 21, 12);
const NOON = new Date(NOON_MS).toUTCString();

it.each([
  ['runs ahead', 180_000],
  ['is behind', -180_000],
])('corrects a device whose clock %s', (_, aheadMs) => {
  const clock = new ServerClock();
  clock.learn(NOON, NOON_MS + aheadMs, NOON_MS + aheadMs + 100);
  expect(Math.abs(clock.now(NOON_MS + aheadMs) - NOON_MS)).toBeLessThan(1_000);
});

it('trusts a device whose clock is about right, or that was told nothing', () => {
  const clock = new ServerClock();
  clock.learn(NOON, NOON_MS + 900, NOON_MS + 900);
  expect(clock.now(NOON_MS)).toBe(NOON_MS);
  clock.learn(null, NOON_MS, NOON_MS);
  clock.learn('soon', NOON_MS, NOON_MS);
  expect(clock.now(NOON_MS)).toBe(NOON_MS);
});
