import assert from "node:assert/strict";
import http from "node:http";
import { once } from "node:events";
import { test } from "node:test";
import { CallFailed, clientFrom, graphQlClient } from "./graphql.mjs";

/** Runs `use` with a client of a server that answers with `respond`. */
async function withServer(respond, use, settings = {}) {
  const server = http.createServer(respond).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = graphQlClient({ url: `http://127.0.0.1:${server.address().port}/graphql`, ...settings });
  try {
    await use(client);
  } finally {
    client.close();
    server.closeAllConnections();
    server.close();
  }
}

const answering = (status, text) => (request, response) => {
  request.resume();
  response.writeHead(status);
  response.end(text);
};

const failsWith = (code) => (error) => error instanceof CallFailed && error.code === code;

test("sends query and variables and gives the data", async () => {
  let seen;
  const respond = async (request, response) => {
    seen = { headers: request.headers, body: JSON.parse(Buffer.concat(await request.toArray()).toString()) };
    response.end('{"data":{"name":"Zoë"}}');
  };
  await withServer(respond, async (client) => {
    assert.deepEqual(await client.execute("query($a: Int) { name }", { a: 1 }), { name: "Zoë" });
    assert.deepEqual(seen.body, { query: "query($a: Int) { name }", variables: { a: 1 } });
    assert.equal(seen.headers["content-type"], "application/json");
  });
});

test("sends more headers with one call and gives the whole answer", async () => {
  const seen = [];
  const respond = (request, response) => {
    seen.push(request.headers["x-more"]);
    answering(200, '{"data":{"a":1},"extensions":{"cache":{}}}')(request, response);
  };
  await withServer(respond, async (client) => {
    assert.deepEqual(await client.send("{ a }", {}, { "X-More": "1" }), { data: { a: 1 }, extensions: { cache: {} } });
    await client.execute("{ a }");
    assert.deepEqual(seen, ["1", undefined]);
  });
});

test("keeps one connection for calls that follow each other", async () => {
  const ports = new Set();
  const respond = (request, response) => {
    ports.add(request.socket.remotePort);
    answering(200, '{"data":{}}')(request, response);
  };
  await withServer(respond, async (client) => {
    for (let i = 0; i < 5; i++) {
      await client.execute("{ a }");
    }
    assert.equal(ports.size, 1);
  });
});

test("fails with the service's code, also beside partial data", async () => {
  const body = '{"data":{"a":1},"errors":[{"message":"no","extensions":{"code":"CONFLICT"}}]}';
  await withServer(answering(200, body), (client) => assert.rejects(client.execute("{ a }"), failsWith("CONFLICT")));
});

for (const [status, text, code] of [
  [502, "<html>bad gateway</html>", "HTTP_502"],
  [200, "not JSON", "HTTP_200"],
  [200, '{"data":null}', "HTTP_200"],
]) {
  test(`fails with ${code} for ${status} ${text}`, async () => {
    await withServer(answering(status, text), (client) => assert.rejects(client.execute("{ a }"), failsWith(code)));
  });
}

test("gives up after the time-out, also in the middle of an answer", async () => {
  const respond = (request, response) => {
    response.writeHead(200);
    response.write('{"data":');
  };
  await withServer(respond, (client) => assert.rejects(client.execute("{ a }"), failsWith("TIMEOUT")), {
    timeoutMs: 50,
  });
});

test("names a refused connection", async () => {
  const client = graphQlClient({ url: "http://127.0.0.1:1/graphql" });
  await assert.rejects(client.execute("{ a }"), failsWith("ECONNREFUSED"));
  client.close();
});

test("sends the viewer's headers that were asked for, and no others", async () => {
  let headers;
  const respond = (request, response) => {
    headers = request.headers;
    answering(200, '{"data":{}}')(request, response);
  };
  const server = http.createServer(respond).listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = clientFrom({ url: `http://127.0.0.1:${server.address().port}`, tenant: "north", "timeout-ms": 1_000 });
  await client.execute("{ a }");
  assert.equal(headers["x-towline-local-tenant"], "north");
  assert.ok(!("x-towline-local-role" in headers));
  client.close();
  server.close();
});

for (const [header, extensions, atLeastMs, atMostMs] of [
  ["7", {}, 7_000, 7_000],
  ["7", { retryAfterSeconds: 2 }, 2_000, 2_000],
  [new Date(Date.now() + 3_600_000).toUTCString(), {}, 3_500_000, 3_600_000],
  ["Thu, 01 Jan 1970 00:00:00 GMT", {}, 0, 0],
]) {
  test(`says how long to wait after Retry-After: ${header} ${JSON.stringify(extensions)}`, async () => {
    const respond = (request, response) => {
      request.resume();
      response.writeHead(503, { "Retry-After": header });
      response.end(JSON.stringify({ errors: [{ message: "later", extensions: { code: "UNAVAILABLE", ...extensions } }] }));
    };
    await withServer(respond, async (client) => {
      const { retryAfterMs } = await client.execute("{ a }").catch((failed) => failed);
      assert.ok(retryAfterMs >= atLeastMs && retryAfterMs <= atMostMs, String(retryAfterMs));
    });
  });
}
