import type { Failure } from './failure';

const FIRST_LIMIT_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * How long to wait before the next attempt: the time that the service asks for, else a random one, so that not all clients come back at
 * once. Its limit doubles with each failure.
 *
 * @param failures failed attempts before this one, since the last that succeeded
 * @param random 0 to 1
 */
export function pauseMs(failure: Failure & { kind: 'lost' }, failures: number, random: number): number {
  const limit = Math.min(LONGEST_PAUSE_MS, FIRST_LIMIT_MS * 2 ** failures);
  return failure.retryAfterMs ?? random * limit;
}

/** Waits, but not longer than until `wake` says that there is a reason to try at once, or `stop` ends it all. */
export function pause(ms: number, wake: EventTarget, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      wake.removeEventListener('wake', done);
      stop.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    wake.addEventListener('wake', done);
    stop.addEventListener('abort', done);
  });
}
