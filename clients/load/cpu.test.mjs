import assert from "node:assert/strict";
import test from "node:test";
import { cpuSeconds, used } from "./cpu.mjs";

test("a process that works uses CPU, one that is gone is left out", () => {
  const before = cpuSeconds({ redis: 2 ** 30 });
  const until = performance.now() + 100;
  while (performance.now() < until);
  const { harness, ...others } = used(before, cpuSeconds({ redis: 2 ** 30 }));
  assert.ok(harness > 0.02 && harness < 5, `${harness}`);
  assert.deepEqual(others, {});
});

test("DynamoDB Local within the service is told apart from it", { skip: process.platform !== "linux" }, () => {
  const { service, dynamodb } = cpuSeconds({ service: process.pid });
  assert.ok(service > 0);
  assert.equal(dynamodb, 0);
});
