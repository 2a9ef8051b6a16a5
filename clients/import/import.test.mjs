import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { CallFailed } from "../lib/graphql.mjs";
import { describeFile, formatOf } from "./file.mjs";
import { follow, startOrFind, tokenOf } from "./job.mjs";
import { barOf, lineOf, progress, summaryOf } from "./screen.mjs";

const ID = "0f0e0d0c-0b0a-0908-0706-050403020100";
const FILE = { sha256: "ab".repeat(32), uploadId: `csv-${"ab".repeat(32)}` };
const once = (call) => call();
const job = (more) => ({ id: ID, status: "RUNNING", progress: 0.5, rowsDone: 5, rowsTotal: 10, rowsChanged: 4, errorCount: 1, endedAt: null, ...more });

test("the name of a file says its format, also when it is packed", () => {
  assert.deepEqual(["a.csv", "a.CSV.gz", "b.ndjson", "b.jsonl.gz", "c.txt"].map(formatOf), ["csv", "csv", "ndjson", "ndjson", undefined]);
});

test("a packed file has the id of what it has unpacked", async () => {
  const folder = mkdtempSync(join(tmpdir(), "import-"));
  try {
    writeFileSync(join(folder, "v.csv"), "id,name\nv1,Ace\n");
    writeFileSync(join(folder, "w.csv.gz"), gzipSync("id,name\nv1,Ace\n"));
    const plain = await describeFile(join(folder, "v.csv"));
    const packed = await describeFile(join(folder, "w.csv.gz"));
    assert.equal(plain.uploadId, `csv-${createHash("sha256").update("id,name\nv1,Ace\n").digest("hex")}`);
    assert.equal(packed.uploadId, plain.uploadId);
    assert.equal(packed.isPacked, true);
    await assert.rejects(describeFile(join(folder, "none.csv")), /cannot be read/);
    await assert.rejects(describeFile(join(folder, "v.txt")), /--format/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a token is short enough, and another one after a broken job", () => {
  assert.ok(tokenOf(FILE.sha256, ID).length <= 64);
  assert.notEqual(tokenOf(FILE.sha256), tokenOf(FILE.sha256, ID));
});

test("the file is sent only if the service does not have it", async () => {
  const calls = [];
  const client = (has) => ({
    execute: async () => {
      calls.push("start");
      if (!has && !calls.includes("send")) {
        throw new CallFailed("NOT_FOUND", "no upload");
      }
      return { startVendorImport: job() };
    },
  });
  const send = async () => calls.push("send");
  await startOrFind(client(true), FILE, false, once, send);
  assert.deepEqual(calls, ["start"]);
  calls.length = 0;
  await startOrFind(client(false), FILE, false, once, send);
  assert.deepEqual(calls, ["start", "send", "start"]);
});

test("a job that broke off is started anew, and one that runs is found", async () => {
  const tokens = [];
  const client = (statuses) => ({
    execute: async (_, { input }) => {
      tokens.push(input.clientToken);
      return { startVendorImport: job({ status: statuses.shift() }) };
    },
  });
  const found = await startOrFind(client(["CANCELLED", "QUEUED"]), FILE, false, once);
  assert.equal(found.job.status, "QUEUED");
  assert.deepEqual(tokens, [tokenOf(FILE.sha256), tokenOf(FILE.sha256, ID)]);
  assert.equal((await startOrFind(client(["SUCCEEDED"]), FILE, false, once)).isOld, true);
  assert.equal((await startOrFind(client(["RUNNING"]), FILE, false, once)).isOld, false);
});

test("a job is followed to its end", async () => {
  const states = [job(), job({ status: "SUCCEEDED" })];
  const shown = [];
  const client = { execute: async () => ({ getJob: states.shift() }) };
  const ended = await follow(client, job({ status: "QUEUED" }), once, { pause: async () => {}, onProgress: ({ status }) => shown.push(status) });
  assert.equal(ended.status, "SUCCEEDED");
  assert.deepEqual(shown, ["QUEUED", "RUNNING", "SUCCEEDED"]);
});

test("bad rows stand in the summary, with how many are not shown", () => {
  const text = summaryOf(job({ status: "SUCCEEDED", errorCount: 3, errors: [{ line: 7, reason: "no" }, { line: null, reason: "odd" }], warnings: ["w"] }));
  assert.match(text, /line 7: no\n {2}odd\n {2}and 1 more$/);
  assert.match(text, /warning: w/);
});

test("a terminal has one line, anything else a line now and then", () => {
  const written = (isTTY, times) => {
    let text = "";
    let now = 0;
    const shown = progress({ isTTY, columns: 200, write: (more) => (text += more) }, () => now);
    for (const at of times) {
      now = at;
      shown.job(job({ rowsDone: at }));
    }
    shown.done();
    return text;
  };
  assert.equal(written(false, [0, 100, 6_000]).trim().split("\n").length, 2);
  assert.equal(written(true, [0, 100, 6_000]).match(/\r/g)?.length, 3);
  assert.equal(written(true, [0]).split("\n").length, 2);
});

test("a bar is never longer than its frame", () => {
  assert.equal(barOf(7).length, barOf(0).length);
  assert.match(lineOf(job()), /50 %  5 of 10 rows, 4 changed, 1 with errors {2}RUNNING/);
});
