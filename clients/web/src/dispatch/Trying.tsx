import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import type { Failure } from '../api/failure';
import { failureOf } from '../api/patiently';
import { troubleOf } from './words';

/** Something that is tried, and may be tried again. */
export interface Trying {
  readonly busy: boolean;
  /** Why the last attempt did not succeed. */
  readonly trouble: string | null;
  /** Returns whether it succeeded. */
  try(attempt: () => Promise<unknown>): Promise<boolean>;
}

/** @param explain says why an attempt failed */
export function useTrying(explain: (failure: Failure) => string = troubleOf): Trying {
  const busy = useSignal(false);
  const trouble = useSignal<string | null>(null);
  return {
    busy: busy.value,
    trouble: trouble.value,
    async try(attempt) {
      if (busy.peek()) {
        return false;
      }
      busy.value = true;
      trouble.value = null;
      try {
        await attempt();
        return true;
      } catch (problem) {
        trouble.value = explain(failureOf(problem));
        return false;
      } finally {
        busy.value = false;
      }
    },
  };
}

/** Says near a button why its attempt did not succeed. */
export function Trouble({ of: { trouble }, children }: { of: Trying; children?: ComponentChildren }) {
  return trouble ? (
    <p class="trouble" role="alert">
      {children}
      {trouble}
    </p>
  ) : null;
}
