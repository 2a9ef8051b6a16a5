import { setTimeout as sleep } from "node:timers/promises";
import { arrivals } from "./arrivals.mjs";

/**
 * @typedef {object} LoopResult
 * @property {number} sent
 * @property {number} ok
 * @property {number[]} latenciesMs of all calls, failed ones too, from the intended moment of sending to the answer
 * @property {number[]} serviceTimesMs of all calls, from the actual moment of sending
 * @property {Record<string, number>} errors how often each message occurred
 */

/**
 * Calls at the times of the phases, whether or not earlier calls have been answered. A call that could not be sent in
 * time, for whatever reason, is told when it was due: what counts from then shows a stall in every call that it delayed
 * (no coordinated omission).
 *
 * @param {readonly import("./arrivals.mjs").Phase[]} phases
 * @param {number} beganMs the beginning of the phases, as `performance.now()` says
 * @param {(index: number, intendedMs: number) => Promise<unknown>} send never rejects; is told when the call was due, as `performance.now()` says
 * @returns {Promise<number>} the number of calls, when the last one has been answered
 */
export async function openLoop(phases, beganMs, send) {
  const pending = [];
  for (const dueMs of arrivals(phases)) {
    const intendedMs = beganMs + dueMs;
    // A timer may fire a little early.
    for (let waitMs = intendedMs - performance.now(); waitMs > 0; waitMs = intendedMs - performance.now()) {
      await sleep(Math.ceil(waitMs));
    }
    pending.push(send(pending.length, intendedMs));
  }
  await Promise.all(pending);
  return pending.length;
}

/**
 * An open loop of operations whose latency, from when each was due, is recorded.
 *
 * @param {readonly import("./arrivals.mjs").Phase[]} phases
 * @param {number} beganMs
 * @param {(index: number) => [string, (dueMs: number) => Promise<unknown>]} next the name of the operation and the call, which rejects for an error
 * @param {import("./recorder.mjs").Recorder} recorder
 * @param {{count: number}} [open] counts the calls on their way
 */
export async function recordOpenLoop(phases, beganMs, next, recorder, open = { count: 0 }) {
  await openLoop(phases, beganMs, async (index, intendedMs) => {
    const [operation, call] = next(index);
    open.count++;
    const error = await call(intendedMs).then(
      () => undefined,
      (failure) => failure.message,
    );
    open.count--;
    recorder.add(operation, intendedMs - beganMs, performance.now() - intendedMs, error);
  });
}

/**
 * An open loop at a constant rate, and what came of it.
 *
 * @param {object} settings
 * @param {number} settings.ratePerSecond
 * @param {number} settings.seconds
 * @param {(index: number, intendedMs: number) => Promise<unknown>} settings.call rejects for an error; is told when it was due
 * @param {number} [settings.delayMs] of the first call
 * @returns {Promise<LoopResult>} when the last call has been answered
 */
export async function runOpenLoop({ ratePerSecond, seconds, call, delayMs = 0 }) {
  const result = { sent: 0, ok: 0, latenciesMs: [], serviceTimesMs: [], errors: {} };
  const phases = [{ seconds, from: ratePerSecond, to: ratePerSecond }];
  result.sent = await openLoop(phases, performance.now() + delayMs, (index, intendedMs) =>
    measure(call, index, intendedMs, result),
  );
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
