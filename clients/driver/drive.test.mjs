import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { run } from "../lib/fixtures/run.mjs";
import { startStub } from "../lib/fixtures/stubTowline.mjs";
import { UsageError } from "../lib/options.mjs";
import { HELP, readDriveOptions } from "./driveOptions.mjs";

const SCRIPT = join(import.meta.dirname, "drive.mjs");
const SHORT = ["--simulate", "--duration=10s", "--speed=20x", "--json"];

async function stubOf(t, faults) {
  const stub = await startStub(faults);
  t.after(stub.stop);
  return stub;
}

test("drives, and shows its summary on stdout and its secret nowhere", async (t) => {
  const stub = await stubOf(t);
  const { code, stdout, stderr } = await run(SCRIPT, ["--url", stub.url, ...SHORT, "--vehicles=3", "--token=s3cret"]);
  assert.equal(code, 0, stderr);
  const summary = JSON.parse(stdout);
  assert.deepEqual([summary.ok, summary.end, summary.vehicles], [true, "finished", 3]);
  assert.equal(summary.fixes.planned, 33);
  assert.equal(summary.outcomes.STORED + summary.outcomes.LIVE_ONLY, 33);
  assert.ok(stub.calls.every(({ headers }) => headers.authorization === "Bearer s3cret"));
  assert.ok(!`${stdout}${stderr}`.includes("s3cret"));
});

test("drives hundreds of vehicles at once, brings each to its end, and counts each fix", async (t) => {
  let [setOut, arrived] = [0, 0];
  const stub = await stubOf(t, {
    // nobody arrives before 200 are on the way: those would wait in vain for a driver that brings some to their end before others
    fail: (field, { input } = {}) => {
      if (field !== "updateSessionStatus") {
        return undefined;
      }
      input.status === "EN_ROUTE" ? setOut++ : setOut >= 200 && arrived++;
      return setOut < 200 && input.status === "ARRIVED" ? "UNAVAILABLE" : undefined;
    },
  });
  const fleet = ["--simulate", "--vehicles=300", "--duration=5s", "--speed=5x", "--json", "--give-up=60s"];
  const { code, stdout, stderr } = await run(SCRIPT, ["--url", stub.url, ...fleet]);
  assert.equal(code, 0, stderr);
  const { end, fixes, outcomes, drives } = JSON.parse(stdout);
  assert.equal(end, "finished");
  assert.equal(new Set(drives.map(({ sessionId }) => sessionId)).size, 300, "each has a session of its own");
  assert.deepEqual(drives.filter(({ state, status }) => state !== "done" || status !== "ARRIVED"), []);
  assert.deepEqual([setOut, arrived], [300, 300], "as the service has it");
  assert.equal(fixes.planned, 300 * 6, "from 0 s to 5 s, one each second");
  assert.equal(Object.values(outcomes).reduce((sum, count) => sum + count), fixes.planned);
});

test("ends with 1 and the reason where a fix was refused", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "drive-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "zero.csv");
  writeFileSync(file, "trace_id,t_ms,lat,lon\na,0,30,-97\na,100,0,0\na,200,30,-97\n");
  const stub = await stubOf(t);
  const { code, stdout } = await run(SCRIPT, ["--url", stub.url, file]);
  assert.equal(code, 1);
  assert.match(stdout, /^3 of 3 fixes in 0:\d\d, .*\nSTORED 2 .* REJECTED 1\nREJECTED 1: no such place\nsession 1: ARRIVED\nFAILED\n$/);
});

test("ends with 2 where the session is unknown or over, and with 3 where nobody answers", async (t) => {
  const stub = await stubOf(t);
  stub.sessions.set("over", { id: "over", status: "CANCELLED" });
  const ends = await Promise.all([
    run(SCRIPT, ["--url", stub.url, ...SHORT, "--session=nobody"]),
    run(SCRIPT, ["--url", stub.url, ...SHORT, "--session=over"]),
    run(SCRIPT, ["--url", "http://user:s3cret@127.0.0.1:1/graphql", ...SHORT]),
  ]);
  assert.deepEqual(
    ends.map(({ code, stdout }) => [code, stdout]),
    [
      [2, ""],
      [2, ""],
      [3, ""],
    ],
  );
  assert.match(ends[0].stderr, /^--session: there is no session nobody for this viewer\n/);
  assert.match(ends[1].stderr, /^--session: the session over is CANCELLED/);
  assert.match(ends[2].stderr, /^No GraphQL service answers at http:\/\/127\.0\.0\.1:1\/graphql: ECONNREFUSED/);
  assert.ok(!ends[2].stderr.includes("s3cret"));
});

test("says who is not authenticated as the service does, which is an answer", async (t) => {
  const stub = await stubOf(t, { fail: () => "UNAUTHENTICATED" });
  const { code, stdout } = await run(SCRIPT, ["--url", stub.url, "--simulate"]);
  assert.equal(code, 1);
  assert.match(stdout, /simulated-1: UNAUTHENTICATED: on purpose\nFAILED\n$/);
});

test("an interrupted drive ends with its summary and completes its job", async (t) => {
  const stub = await stubOf(t);
  const child = spawn(process.execPath, [SCRIPT, "--url", stub.url, "--simulate", "--every=50ms", "--loop", "--complete", "--json"]);
  let stdout = "";
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  const ended = new Promise((resolve) => child.on("close", resolve));
  while (![...stub.sessions.values()].some(({ trail }) => trail.length > 2)) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGINT");
  assert.equal(await ended, 0);
  const summary = JSON.parse(stdout);
  assert.deepEqual([summary.end, summary.drives[0].status], ["interrupted", "COMPLETED"]);
  assert.ok(summary.fixes.notSent > 0);
});

for (const [argv, message] of [
  [[], /^Error: Name the file of a recorded drive, or say --simulate$/],
  [["--simulate", "a.csv"], /--simulate makes drives up, and a\.csv is a recorded one/],
  [["--simulate", "--speed=fast"], /--speed is a factor above 0 such as 10x, not fast/],
  [["--simulate", "--drop=200%"], /--drop is a share from 0% to 100%, not 200%/],
  [["--simulate", "--offline=30"], /--offline is a time such as .*, not 30/],
  [["--simulate", "--offline=30s", "--offline-every=30s"], /--offline-every must be longer than --offline/],
  [["--simulate", "--offline-every=30s"], /--offline-every needs --offline/],
  [["--simulate", "--to=1,1"], /--to needs --from/],
  [["--simulate", "--from=1,1"], /--from needs --to/],
  [["a.gpx", "--from=1,1", "--to=2,2"], /--from needs --simulate/],
  [["--simulate", "--batch=501"], /--batch is a whole number from 1 to 500, not 501/],
  [["--simulate", "--session=s", "--vehicles=2"], /--vehicles does not go with it/],
  [["--simulate", "--url=ftp://x"], /--url is an address/],
  [["--simulate", "--url=towline.example"], /--url is an address/],
  [["--simulate", "--every=0"], /--every must be longer than 0/],
  [["--simulate", "--colour"], /--colour/],
]) {
  test(`a wrong command line names its option: ${argv.join(" ")}`, () =>
    assert.throws(() => readDriveOptions(argv), (error) => error instanceof UsageError && message.test(String(error))));
}

test("all examples of the help and of the pages are understood", () => {
  const pages = ["README.md", "../README.md"].map((page) => readFileSync(join(import.meta.dirname, page), "utf8"));
  const examples = [HELP, ...pages].flatMap((text) => [...text.matchAll(/^ *node clients\/driver\/drive\.mjs ((?!\[).*?)(?: +#.*)?$/gm)]);
  assert.ok(examples.length > 10, String(examples.length));
  for (const [, words] of examples) {
    assert.doesNotThrow(() => readDriveOptions(words.split(/\s+/)), words);
  }
});
