import { createHash } from "node:crypto";
import http from "node:http";

/**
 * The least that a server of one Node process can do for a watcher: it writes a ready WebSocket frame, the same bytes to every socket of a
 * session. It understands nothing but the messages of fanout.mjs, which starts it as a child process.
 */
const MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, 1.3
const sessions = new Map();

function frameOf(text) {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, payload.length])
      : Buffer.from([0x81, 126, payload.length >> 8, payload.length & 0xff]);
  return Buffer.concat([head, payload]);
}

function next(kind, sequence, location) {
  const at = new Date().toISOString();
  const eta = { arrivesAt: at, durationSeconds: 600, distanceMeters: 8234.5 };
  const update = { kind, sequence, missed: null, at, status: "EN_ROUTE", location, eta };
  return frameOf(JSON.stringify({ id: "1", type: "next", payload: { data: { onTrackingUpdated: update } } }));
}

function sessionOf(id) {
  if (!sessions.has(id)) {
    sessions.set(id, { sequence: 0, sockets: new Set() });
  }
  return sessions.get(id);
}

/** The text of a masked frame of a client, whole in one chunk and shorter than 64 KiB (RFC 6455, 5.2). */
function* textsOf(chunk) {
  let at = 0;
  while (at < chunk.length) {
    const isText = (chunk[at] & 0x0f) === 1;
    const short = chunk[at + 1] & 0x7f;
    const length = short === 126 ? chunk.readUInt16BE(at + 2) : short;
    const mask = at + (short === 126 ? 4 : 2);
    const payload = chunk.subarray(mask + 4, mask + 4 + length).map((byte, i) => byte ^ chunk[mask + (i % 4)]);
    at = mask + 4 + length;
    if (isText) {
      yield Buffer.from(payload).toString("utf8");
    }
  }
}

const server = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  const { input } = JSON.parse(Buffer.concat(chunks).toString("utf8")).variables;
  const session = sessionOf(input.sessionId);
  const frame = next("LOCATION", ++session.sequence, input.location);
  session.sockets.forEach((socket) => socket.write(frame));
  const body = JSON.stringify({ data: { updateLocation: { outcome: "STORED", sequence: session.sequence } } });
  response.writeHead(200, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) });
  response.end(body);
});
server.keepAliveTimeout = 60_000;
server.on("upgrade", (request, socket) => {
  const accept = createHash("sha1").update(request.headers["sec-websocket-key"] + MAGIC).digest("base64");
  socket.setNoDelay(true);
  socket.write(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      `Sec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n`,
  );
  let session;
  socket.on("data", (chunk) => {
    for (const text of textsOf(chunk)) {
      const message = JSON.parse(text);
      if (message.type === "connection_init") {
        socket.write(frameOf(JSON.stringify({ type: "connection_ack" })));
      } else if (message.type === "subscribe") {
        session = sessionOf(message.payload.variables.id);
        session.sockets.add(socket);
        socket.write(next("SNAPSHOT", session.sequence, null));
      }
    }
  });
  socket.on("close", () => session?.sockets.delete(socket));
  socket.on("error", () => socket.destroy());
});
server.listen(0, "127.0.0.1", 4096, () => process.send?.(server.address()));
process.on("disconnect", () => process.exit(0));
