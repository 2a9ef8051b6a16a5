import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import test from "node:test";
import { answerIn, Connections, postOf } from "./readsConnections.mjs";

const URL_OF_NONE = new URL("http://127.0.0.1:8080/graphql");
const always = () => true;

async function serving(t, server) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const connections = new Connections(`http://127.0.0.1:${server.address().port}/graphql`, 4);
  t.after(() => {
    connections.close();
    server.close();
  });
  return connections;
}

const request = () => postOf(URL_OF_NONE, { query: "{ ready }" });

test("a request is a POST with its length in bytes", () => {
  const text = postOf(URL_OF_NONE, { query: "{ é }" }, { "X-Role": "GUEST" }).toString("utf8");
  assert.match(text, /^POST \/graphql HTTP\/1\.1\r\nHost: 127\.0\.0\.1:8080\r\n/);
  assert.match(text, /\r\nX-Role: GUEST\r\nContent-Length: 18\r\n\r\n\{"query":"\{ é \}"\}$/);
});

test("an answer is whole when all bytes of its body are there", () => {
  const bytes = Buffer.from("HTTP/1.1 200 \r\nContent-Length: 4\r\n\r\nabcd");
  assert.equal(answerIn(bytes.subarray(0, 20)), undefined);
  assert.equal(answerIn(bytes.subarray(0, bytes.length - 1)), undefined);
  const { status, body, isLast } = answerIn(bytes);
  assert.deepEqual([status, body.toString(), isLast], [200, "abcd", false]);
  assert.equal(answerIn(Buffer.from("HTTP/1.1 503 \r\nconnection: close\r\ncontent-length:0\r\n\r\n")).isLast, true);
  assert.throws(() => answerIn(Buffer.from("HTTP/1.1 200 \r\nTransfer-Encoding: chunked\r\n\r\n")), /without Content-Length/);
});

test("it sends at the rate and tells right answers from wrong ones", async (t) => {
  let served = 0;
  const server = http.createServer((_, response) => {
    served++;
    response.writeHead(served === 2 ? 503 : 200, { "Content-Length": 2 });
    response.end(served === 3 ? "no" : "ok");
  });
  const connections = await serving(t, server);
  const isRight = (body) => body.toString() === "ok";
  const sent = await connections.run({ request, ratePerSecond: 100, seconds: 0.2, all: true, isRight });
  assert.equal(served, 20);
  assert.equal(sent.answers, 18);
  assert.deepEqual(sent.errors, { "status 503": 1, "wrong: no": 1 });
  assert.equal(sent.latenciesMs.length, 20);
  assert.ok(sent.seconds >= 0.19, `${sent.seconds}`);
  assert.equal(sent.example, "ok");
});

test("what a slow server could not take is not sent, and what it took counts from when it was due", async (t) => {
  const server = http.createServer((_, response) => {
    setTimeout(() => response.writeHead(200, { "Content-Length": 0 }).end(), 200);
  });
  const connections = await serving(t, server);
  const sent = await connections.run({ request, ratePerSecond: 200, seconds: 0.5, isRight: always });
  assert.ok(sent.answers >= 1 && sent.answers <= 50, `${sent.answers}`);
  assert.equal(sent.unsent, 100 - sent.answers);
  assert.ok(Math.max(...sent.latenciesMs) > 100, `${sent.latenciesMs}`);
});

test("all are sent, however long it takes, if they are to be", async (t) => {
  const server = http.createServer((_, response) => {
    setTimeout(() => response.writeHead(200, { "Content-Length": 0 }).end(), 20);
  });
  const connections = await serving(t, server);
  const sent = await connections.run({ request, ratePerSecond: 1_000, seconds: 0.04, all: true, isRight: always });
  assert.deepEqual([sent.answers, sent.unsent], [40, 0]);
  assert.ok(sent.seconds > 0.15, `${sent.seconds}`);
});

test("another connection takes the place of one that the server has closed", async (t) => {
  let opened = 0;
  const server = http.createServer((_, response) => response.writeHead(200, { "Content-Length": 0 }).end());
  server.maxRequestsPerSocket = 3;
  server.on("connection", () => opened++);
  const connections = await serving(t, server);
  const sent = await connections.run({ request, ratePerSecond: 10_000, seconds: 0.002, all: true, isRight: always });
  assert.deepEqual([sent.answers, sent.errors], [20, {}]);
  assert.ok(opened >= 7, `${opened}`);
});

test("a connection that breaks off is an error", async (t) => {
  const server = net.createServer((socket) => socket.once("data", () => socket.destroy()));
  const connections = await serving(t, server);
  const sent = await connections.run({ request, ratePerSecond: 100, seconds: 0.05, all: true, isRight: always });
  assert.equal(sent.answers, 0);
  assert.equal(Object.values(sent.errors).reduce((sum, count) => sum + count), 5);
});
