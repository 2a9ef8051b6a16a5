import { Failed, type Failure } from './failure';
import { pause, pauseMs } from './retry';

/**
 * Runs an attempt again and again until it succeeds, or fails with something other than `lost`.
 *
 * @param waking its event `wake` ends a pause
 * @param stopped ends the attempts; its reason is thrown then
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
