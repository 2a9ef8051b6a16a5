import { setTimeout as sleep } from "node:timers/promises";

/**
 * @typedef {object} LoopResult
 * @property {number} sent
 * @property {number} ok
 * @property {number[]} latenciesMs of all calls, failed ones too, from the intended moment of sending to the answer
 * @property {number[]} serviceTimesMs of all calls, from the actual moment of sending
 * @property {Record<string, number>} errors how often each message occurred
 */

/**
 * Calls at a constant rate, whether or not earlier calls have been answered. A call that could not be sent in time, for
 * whatever reason, counts from when it should have been: a stall shows in every call that it delayed (no coordinated
 * omission).
 *
 * @param {object} settings
 * @param {number} settings.ratePerSecond
 * @param {number} settings.seconds
 * @param {(index: number, intendedMs: number) => Promise<unknown>} settings.call rejects for an error; is told when it was due
 * @param {number} [settings.delayMs] of the first call
 * @returns {Promise<LoopResult>} when the last call has been answered
 */
export async function runOpenLoop({ ratePerSecond, seconds, call, delayMs = 0 }) {
  const count = Math.round(ratePerSecond * seconds);
  const result = { sent: count, ok: 0, latenciesMs: [], serviceTimesMs: [], errors: {} };
  const pending = [];
  const beginMs = performance.now() + delayMs;
  for (let index = 0; index < count; index++) {
    const intendedMs = beginMs + (index * 1_000) / ratePerSecond;
    // A timer may fire a little early.
    for (let waitMs = intendedMs - performance.now(); waitMs > 0; waitMs = intendedMs - performance.now()) {
      await sleep(Math.ceil(waitMs));
    }
    pending.push(measure(call, index, intendedMs, result));
  }
  await Promise.all(pending);
  return result;
}

async function measure(call, index, intendedMs, result) {
  const sentMs = performance.now();
  try {
    await call(index, intendedMs);
    result.ok++;
  } catch (error) {
    result.errors[error.message] = (result.errors[error.message] ?? 0) + 1;
  }
  const answeredMs = performance.now();
  result.latenciesMs.push(answeredMs - intendedMs);
  result.serviceTimesMs.push(answeredMs - sentMs);
}
