import { Failed, type Failure } from './failure';
import { pause, pauseMs } from './retry';

/**
 * Tries until it succeeds, or could not.
 *
 * @param waking its event `wake` ends a pause
 * @param stopped ends it all: what is thrown then is its reason
 */
export async function patiently<T>(
  attempt: () => Promise<T>,
  stopped: AbortSignal,
  waking: EventTarget = new EventTarget(),
): Promise<T> {
  for (let failures = 0; ; failures++) {
    stopped.throwIfAborted();
    try {
      return await attempt();
    } catch (problem) {
      const failure = failureOf(problem);
      if (failure.kind !== 'lost') {
        throw problem;
      }
      await pause(pauseMs(failure, failures, Math.random()), waking, stopped);
    }
  }
}

export function failureOf(problem: unknown): Failure {
  return problem instanceof Failed ? problem.failure : { kind: 'broken', message: String(problem) };
}
