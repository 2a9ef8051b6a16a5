import { expect, it } from 'vitest';
import { LEAST_FRAME_MS, pace, untilSeen } from './pace';

const paced = (tookMs: (frameMs: number) => number, frames: number, from = LEAST_FRAME_MS) =>
  Array.from({ length: frames }).reduce<number>((frameMs) => pace(frameMs, tookMs(frameMs)), from);

it('frames that come in time come as often as they can', () => {
  expect(paced((frameMs) => frameMs + 16, 100)).toBe(LEAST_FRAME_MS);
});

it('a device that takes long for a frame gets fewer, but never none', () => {
  const slow = paced(() => 200, 200);
  expect(slow).toBeGreaterThan(90);
  expect(slow).toBeLessThan(160);
  expect(paced(() => 60_000, 200)).toBe(500);
});

it('a device that has recovered gets all of them again', () => {
  expect(paced((frameMs) => frameMs, 100, 500)).toBe(LEAST_FRAME_MS);
});

it('what moves slowly waits until somebody can see that it has moved', () => {
  const faster = untilSeen((afterMs) => afterMs >= 60);
  expect(faster).toBeGreaterThanOrEqual(60);
  expect(faster).toBeLessThan(80);
  expect(untilSeen(() => true)).toBe(LEAST_FRAME_MS);
});

it('what hardly moves is drawn ten times a second', () => {
  expect(untilSeen(() => false)).toBe(100);
});
