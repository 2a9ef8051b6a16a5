import { setTimeout as sleep } from "node:timers/promises";

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

/** Failures that pass: the service is busy, away for a moment, or cannot be reached. It may have done what was asked all the same. */
const TEMPORARY = new Set(
  `UNAVAILABLE OVERLOADED RATE_LIMITED INTERNAL TIMEOUT NETWORK
  HTTP_408 HTTP_425 HTTP_429 HTTP_500 HTTP_502 HTTP_503 HTTP_504
  ECONNREFUSED ECONNRESET ECONNABORTED EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENETDOWN ENOTFOUND EAI_AGAIN`.split(/\s+/),
);

const UNAUTHENTICATED = new Set(["UNAUTHENTICATED", "HTTP_401"]);

/**
 * Repeats a call while it fails for a time. Between two attempts it waits as long as the service asks for, and a little more so that not
 * all clients come back at once; where the service does not say, a random time whose limit doubles with each failure, up to 10 s. A call
 * that nobody authenticated is repeated at once if there are new credentials, and later if there may be.
 *
 * @template R
 * @param {() => Promise<R>} call safe to repeat
 * @param {object} settings
 * @param {number} settings.giveUpAfterMs no attempt begins later than this
 * @param {AbortSignal} [settings.signal] ends the waiting, not a call that is under way
 * @param {() => boolean} [settings.renewCredentials]
 * @param {(failure: Error & {code?: string}, pauseMs: number) => void} [settings.onRetry] before each pause
 * @param {() => number} [settings.random] in [0, 1)
 * @returns {Promise<R>} rejects with the last failure
 */
export async function retrying(call, { giveUpAfterMs, signal, renewCredentials, onRetry, random = Math.random }) {
  const begunMs = performance.now();
  for (let failures = 0; ; failures++) {
    try {
      return await call();
    } catch (failure) {
      const pauseMs = pauseAfter(failure, failures, renewCredentials, random);
      if (pauseMs === undefined || performance.now() - begunMs + pauseMs > giveUpAfterMs || signal?.aborted) {
        throw failure;
      }
      onRetry?.(failure, pauseMs);
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
      if (signal?.aborted) {
        throw failure;
      }
    }
  }
}

/** Undefined where another attempt would fail, too. */
function pauseAfter({ code, retryAfterMs }, failures, renewCredentials, random) {
  if (UNAUTHENTICATED.has(code)) {
    if (renewCredentials === undefined) {
      return undefined;
    }
    if (renewCredentials()) {
      return 0;
    }
  } else if (!TEMPORARY.has(code)) {
    return undefined;
  }
  return retryAfterMs === undefined
    ? random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures)
    : retryAfterMs * (1 + 0.1 * random());
}
