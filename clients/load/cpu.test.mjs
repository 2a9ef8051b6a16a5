import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { cpuSeconds, used } from "./cpu.mjs";

test("a process that works uses CPU, one that is gone is left out", () => {
  const before = cpuSeconds({ redis: 2 ** 30 });
  // not by the clock: on a busy machine a process gets little of the time that passes
  const start = process.cpuUsage();
  while (process.cpuUsage(start).user < 100_000);
  const { harness, ...others } = used(before, cpuSeconds({ redis: 2 ** 30 }));
  assert.ok(harness > 0.02 && harness < 5, `${harness}`);
  assert.deepEqual(others, {});
});

/** A folder as Linux has it, with the CPU hundredths of a process's user and system time and of its threads. */
function fakeProc(t, processes) {
  const proc = mkdtempSync(join(tmpdir(), "proc-"));
  t.after(() => rmSync(proc, { recursive: true }));
  const write = (folder, id, name, user, system) => {
    mkdirSync(folder, { recursive: true });
    const fields = ["S", ...Array(10).fill(0), user, system, 0, 0, 20];
    writeFileSync(join(folder, "stat"), `${id} (${name}) ${fields.join(" ")}\n`);
  };
  for (const [pid, { name, user, system, threads = {} }] of Object.entries(processes)) {
    write(join(proc, pid), pid, name, user, system);
    Object.entries(threads).forEach(([thread, ticks], i) => write(join(proc, pid, "task", String(i)), i, thread, ticks, 1));
  }
  return proc;
}

test("DynamoDB Local within the service is told apart from it by the names of its threads", (t) => {
  const threads = { "dynamodb-local-": 199, "http (1) a) b": 300 };
  const proc = fakeProc(t, { 7: { name: "java", user: 800, system: 200, threads }, 8: { name: "redis (x)", user: 5, system: 6 } });
  const { harness, ...others } = cpuSeconds({ service: 7, redis: 8, gone: 9 }, proc);
  assert.ok(harness > 0);
  assert.deepEqual(others, { service: 8, dynamodb: 2, redis: 0.11 });
});

test("DynamoDB Local in a process of its own leaves the service as it is", (t) => {
  const java = (user) => ({ name: "java", user, system: 0, threads: { "dynamodb-local-": 99 } });
  const proc = fakeProc(t, { 7: java(800), 8: java(300) });
  const { service, dynamodb } = cpuSeconds({ service: 7, dynamodb: 8 }, proc);
  assert.deepEqual([service, dynamodb], [8, 3]);
});
