import { computed, effect, untracked, type ReadonlySignal } from '@preact/signals';
import type { BoardState } from './boardState';

/** Runs when the board hears of a vendor, and not when something else changes. Returns how to stop it. */
export function whenVendorsChange(state: ReadonlySignal<BoardState>, run: () => void): () => void {
  const vendors = computed(() => state.value.vendors);
  let first = true;
  return effect(() => {
    void vendors.value;
    if (first) {
      first = false;
    } else {
      untracked(run);
    }
  });
}

/** Searches of which the latest counts, whatever is answered last. */
export function newSearch() {
  let latest = 0;
  let ranMs = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
    latest++;
  };
  const run = (search: (isLatest: () => boolean) => Promise<void>) => {
    stop();
    const mine = latest;
    ranMs = performance.now();
    return search(() => mine === latest);
  };
  const later = (look: () => Promise<void>, everyMs: number) => {
    timer ??= setTimeout(() => void look(), Math.max(0, ranMs + everyMs - performance.now()));
  };
  return { run, later, stop };
}
