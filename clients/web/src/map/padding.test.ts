import { expect, it } from 'vitest';
import { paddingOf } from './padding';

it('on a big map marks stay clear of edges and buttons', () => {
  expect(paddingOf(900, 800)).toEqual({ top: 72, bottom: 56, left: 48, right: 88 });
});

it('on a small map more than half of each side is left', () => {
  const { top, bottom, left, right } = paddingOf(360, 150);
  expect(top + bottom).toBeLessThan(75);
  expect(left + right).toBeLessThan(180);
});
