import http from "node:http";

/**
 * The baseline: the least that a Node process can do with a request. It reads the body and answers a fixed one. Started
 * by load.mjs as a child process; tells its port, and ends with its parent.
 */
const BODY = JSON.stringify({ data: { peer: { id: "fixed", name: "a body that never changes", version: 1 } } });

const server = http.createServer((request, response) => {
  request.resume();
  request.on("end", () => {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(BODY) });
    response.end(BODY);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.on("disconnect", () => process.exit(0));
