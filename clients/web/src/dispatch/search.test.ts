import { signal } from '@preact/signals';
import { expect, it, vi } from 'vitest';
import type { BoardSessionFragment } from '../../generated/graphql';
import { INITIAL, reduce, type BoardChange } from './boardState';
import { whenVendorsChange } from './search';

const change = (position: string, what: Partial<BoardChange>) => ({ kind: 'SESSION', position, incident: null, session: null, vendor: null, ...what }) as BoardChange;
const session = (version: number) => ({ id: 's', version }) as BoardSessionFragment;

it('the vendors are searched anew when one changes, and not when a vehicle moves', () => {
  const state = signal(INITIAL);
  const tell = (...changes: BoardChange[]) => (state.value = reduce(state.value, { type: 'changed', changes }));
  const run = vi.fn();
  const stop = whenVendorsChange(state, run);
  tell(change('1', { session: session(1) }));
  tell(change('2', { session: session(2) }));
  expect(run).not.toHaveBeenCalled();
  tell(change('3', { vendor: { id: 'v', version: 1 } as BoardChange['vendor'] }));
  expect(run).toHaveBeenCalledTimes(1);
  stop();
  tell(change('4', { vendor: { id: 'v', version: 2 } as BoardChange['vendor'] }));
  expect(run).toHaveBeenCalledTimes(1);
});
