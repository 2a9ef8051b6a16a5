import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";

const COMMAND = fileURLToPath(new URL("import.mjs", import.meta.url));
const FILE = fileURLToPath(new URL("example/vendors.csv", import.meta.url));
const JOB = {
  id: "0f0e0d0c-0b0a-0908-0706-050403020100",
  status: "RUNNING",
  progress: 0.1,
  rowsDone: 1,
  rowsTotal: 3,
  rowsChanged: 1,
  errorCount: 0,
  errors: [],
  warnings: [],
  startedAt: null,
  endedAt: null,
};

/** A service that has no file until it gets one, and a job that never ends. */
async function service() {
  const seen = { uploaded: undefined, authorization: undefined };
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const body = Buffer.concat(chunks);
    if (request.url === "/imports") {
      seen.uploaded = gunzipSync(body).toString();
      seen.authorization = request.headers.authorization;
      response.end(JSON.stringify({ uploadId: "csv-1", rows: 3 }));
      return;
    }
    const { query } = JSON.parse(body.toString());
    const answer = query.includes("startVendorImport")
      ? seen.uploaded === undefined
        ? { errors: [{ message: "no upload", extensions: { code: "NOT_FOUND" } }] }
        : { data: { startVendorImport: JOB } }
      : { data: { getJob: JOB } };
    response.setHeader("Content-Type", "application/json");
    response.end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { seen, url: `http://127.0.0.1:${server.address().port}/graphql`, close: () => server.close() };
}

test("Ctrl-C leaves the job running and says how to go on", async () => {
  const { seen, url, close } = await service();
  const command = spawn(process.execPath, [COMMAND, FILE, `--url=${url}`, "--poll-ms=50"], {
    env: { ...process.env, TOWLINE_TOKEN: "secret-token" },
  });
  let output = "";
  command.stdout.on("data", (chunk) => (output += chunk));
  command.stderr.on("data", (chunk) => (output += chunk));
  try {
    while (!output.includes("RUNNING")) {
      await once(command.stdout, "data");
    }
    command.kill("SIGINT");
    const [code] = await once(command, "exit");
    assert.equal(code, 130);
    assert.match(output, new RegExp(`goes on as job ${JOB.id}`));
    assert.match(seen.uploaded, /^id,name,phone/);
    assert.equal(seen.authorization, "Bearer secret-token");
    assert.doesNotMatch(output, /secret-token/);
  } finally {
    command.kill("SIGKILL");
    close();
  }
});
