import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import test from "node:test";
import { growthOf, watchGrowth } from "./growth.mjs";
import { parse } from "./prometheus.mjs";

const MIB = 2 ** 20;
const metrics = (heapMib, threads) => `jvm_memory_used_bytes{area="heap",id="Eden"} ${heapMib * MIB}
jvm_memory_used_bytes{area="heap",id="Old"} ${MIB}
jvm_threads_live_threads ${threads}`;

test("what grows is shown by the averages of the first and the last tenth", () => {
  const scrapes = Array.from({ length: 20 }, (_, i) => parse(metrics(100 + 10 * i, 30)));
  assert.deepEqual(growthOf(scrapes), [
    { what: "heap used", unit: "MiB", first: 106, last: 286 },
    { what: "threads", unit: "", first: 30, last: 30 },
  ]);
});

test("a service is asked again and again, and one that does not answer is no failure", async (t) => {
  let asked = 0;
  const server = http.createServer((_, response) => {
    response.statusCode = ++asked === 2 ? 503 : 200;
    response.end(metrics(asked, 1));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  t.after(() => server.closeAllConnections());
  const end = watchGrowth(`http://127.0.0.1:${server.address().port}/graphql`, 20);
  await sleep(200);
  const [heap] = await end();
  assert.ok(asked > 3, `${asked}`);
  assert.equal(heap.first, 2);
  assert.ok(heap.last > heap.first);
});
