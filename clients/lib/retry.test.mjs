import assert from "node:assert/strict";
import { test } from "node:test";
import { CallFailed } from "./graphql.mjs";
import { retrying } from "./retry.mjs";

/** Fails with these in turn, then succeeds; tells the pauses. */
async function attempts(failures, settings = {}) {
  const pausesMs = [];
  let calls = 0;
  const call = async () => {
    calls++;
    if (calls <= failures.length) {
      throw failures[calls - 1];
    }
    return "done";
  };
  const onRetry = (_, pauseMs) => pausesMs.push(pauseMs);
  const result = await retrying(call, { giveUpAfterMs: 60_000, onRetry, random: () => 0.001, ...settings }).catch((error) => error);
  return { result, calls, pausesMs };
}

test("repeats what fails for a time, after pauses whose limit doubles", async () => {
  const failures = ["UNAVAILABLE", "ECONNRESET", "HTTP_503", "TIMEOUT"].map((code) => new CallFailed(code, "later"));
  const { result, pausesMs } = await attempts(failures);
  assert.equal(result, "done");
  assert.deepEqual(pausesMs, [0.25, 0.5, 1, 2]);
});

test("the pauses are random", async () => {
  const { pausesMs } = await attempts([new CallFailed("TIMEOUT", "later")], { random: () => 0.02 });
  assert.deepEqual(pausesMs, [5]);
});

test("waits as long as the service asks for, and a little more", async () => {
  const { pausesMs } = await attempts([new CallFailed("RATE_LIMITED", "later", { retryAfterMs: 20 })], { random: () => 0.5 });
  assert.deepEqual(pausesMs, [21]);
});

for (const failure of [new CallFailed("BAD_INPUT", "no"), new CallFailed("UNAUTHENTICATED", "no"), new TypeError("a fault of the client")]) {
  test(`does not repeat after ${failure}`, async () => {
    const { result, calls } = await attempts([failure]);
    assert.equal(result, failure);
    assert.equal(calls, 1);
  });
}

test("gives up in time", async () => {
  const failure = new CallFailed("UNAVAILABLE", "later", { retryAfterMs: 50 });
  const { result, calls } = await attempts([failure], { giveUpAfterMs: 40 });
  assert.equal(result, failure);
  assert.equal(calls, 1);
});

test("comes back at once with new credentials, and later where there may be some", async () => {
  const expired = new CallFailed("UNAUTHENTICATED", "expired");
  const answers = [true, false, true];
  const { result, pausesMs } = await attempts([expired, expired, expired], { renewCredentials: () => answers.shift() });
  assert.equal(result, "done");
  assert.deepEqual(pausesMs, [0, 0.5, 0]);
});

test("stops to wait when it is told to", async () => {
  const stop = new AbortController();
  const failure = new CallFailed("UNAVAILABLE", "later", { retryAfterMs: 30_000 });
  setTimeout(() => stop.abort(), 20);
  const { result, calls } = await attempts([failure], { signal: stop.signal });
  assert.equal(result, failure);
  assert.equal(calls, 1);
});
