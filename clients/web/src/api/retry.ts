import { failureOf, type Failure } from './failure';

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

/** Tries until it succeeds, or could not. Throws `Failed`, and the reason of `stop`. */
export async function patiently<T>(attempt: () => Promise<T>, wake: EventTarget, stop: AbortSignal): Promise<T> {
  for (let failures = 0; ; failures++) {
    stop.throwIfAborted();
    try {
      return await attempt();
    } catch (problem) {
      const failure = failureOf(problem);
      if (failure.kind !== 'lost') {
        throw problem;
      }
      await pause(pauseMs(failure, failures, Math.random()), wake, stop);
    }
  }
}
