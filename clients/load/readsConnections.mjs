import net from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const HEAD_END = "\r\n\r\n";
const TICK_MS = 1;
const ANSWER_WITHIN_MS = 30_000;

/** The bytes of a POST of a GraphQL request. @param {URL} url @param {object} body @param {Record<string, string>} [headers] */
export function postOf(url, body, headers = {}) {
  const text = JSON.stringify(body);
  const lines = Object.entries({
    Host: url.host,
    "Content-Type": "application/json",
    Accept: "application/graphql-response+json",
    ...headers,
    "Content-Length": Buffer.byteLength(text),
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${url.pathname} HTTP/1.1\r\n${lines.join("")}\r\n${text}`);
}

/**
 * An HTTP answer with a Content-Length, if it is whole (RFC 9112, 6).
 *
 * @param {Buffer} bytes
 * @returns {{status: number, body: Buffer, isLast: boolean} | undefined} the last one if the server closes the connection after it
 * @throws {Error} for an answer that says no length
 */
export function answerIn(bytes) {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) {
    return undefined;
  }
  const head = bytes.latin1Slice(0, end);
  const length = /^content-length: *(\d+)/im.exec(head);
  if (length === null) {
    throw new Error(`an answer without Content-Length: ${head}`);
  }
  const from = end + HEAD_END.length;
  const to = from + Number(length[1]);
  return bytes.length < to ? undefined : { status: Number(head.slice(9, 12)), body: bytes.subarray(from, to), isLast: /^connection: *close/im.test(head) };
}

/**
 * Connections to one server, each with one request at a time: HTTP/1.1 by hand, because a client of a library would take more of the machine
 * than the servers that are compared. One is opened when it is needed, and another one where the server has closed it.
 */
export class Connections {
  #url;
  #most;
  #idle = [];
  #all = new Set();
  #waiting = [];
  #next = 0;

  /** @param {string} url @param {number} most at the same time */
  constructor(url, most) {
    this.#url = new URL(url);
    this.#most = most;
  }

  close() {
    this.#all.forEach(({ socket }) => socket.destroy());
  }

  /**
   * Sends requests at a constant rate, whether or not earlier ones have been answered. One for which no connection is free waits. What waits at
   * the end is not sent, unless all are to be sent, however long that takes.
   *
   * @param {object} settings
   * @param {(index: number) => Buffer} settings.request goes on counting from run to run
   * @param {number} settings.ratePerSecond
   * @param {number} settings.seconds
   * @param {boolean} [settings.all]
   * @param {(body: Buffer) => boolean} settings.isRight
   * @returns {Promise<Sent>}
   *
   * @typedef {object} Sent
   * @property {number} answers that were right
   * @property {Record<string, number>} errors by what went wrong
   * @property {number} unsent
   * @property {number[]} latenciesMs of what was sent, from when it was due to the end of its answer
   * @property {number} seconds until the last answer
   * @property {string} example of a right answer
   */
  async run({ request, ratePerSecond, seconds, all = false, isRight }) {
    const count = Math.max(1, Math.round(ratePerSecond * seconds));
    const sent = { answers: 0, errors: {}, unsent: 0, latenciesMs: [], seconds: 0, example: "" };
    const beganMs = performance.now();
    const msOf = (index) => beganMs + (1_000 * index) / ratePerSecond;
    let lastMs = beganMs;
    const finished = (dueMs, error, body) => {
      lastMs = performance.now();
      sent.latenciesMs.push(lastMs - dueMs);
      const why = error ?? (isRight(body) ? undefined : `wrong: ${body.toString("utf8").slice(0, 200)}`);
      if (why === undefined) {
        sent.answers++;
        sent.example ||= body.toString("utf8");
      } else {
        sent.errors[why] = (sent.errors[why] ?? 0) + 1;
      }
    };
    for (let index = 0; index < count; ) {
      const nowMs = performance.now();
      for (; index < count && msOf(index) <= nowMs; index++) {
        this.#send({ request: request(this.#next++), dueMs: msOf(index), finished });
      }
      await sleep(TICK_MS);
    }
    sent.unsent = all ? 0 : this.#waiting.splice(0).length;
    while (sent.latenciesMs.length + sent.unsent < count) {
      if (performance.now() - Math.max(lastMs, msOf(count)) > ANSWER_WITHIN_MS) {
        throw new Error(`no answer within ${ANSWER_WITHIN_MS} ms`);
      }
      await sleep(TICK_MS);
    }
    sent.seconds = (lastMs - beganMs) / 1_000;
    return sent;
  }

  #send(call) {
    const connection = this.#idle.pop();
    if (connection !== undefined) {
      connection.call = call;
      connection.socket.write(call.request);
      return;
    }
    this.#waiting.push(call);
    if (this.#all.size < this.#most) {
      this.#open();
    }
  }

  #open() {
    const socket = net.connect({ host: this.#url.hostname, port: Number(this.#url.port), noDelay: true });
    const connection = { socket, received: undefined, call: undefined };
    this.#all.add(connection);
    socket.on("connect", () => this.#free(connection));
    socket.on("data", (chunk) => this.#take(connection, chunk));
    socket.on("error", (error) => (connection.error = error.code));
    socket.on("close", () => this.#lose(connection));
  }

  #free(connection) {
    this.#idle.push(connection);
    if (this.#waiting.length > 0) {
      this.#send(this.#waiting.shift());
    }
  }

  #take(connection, chunk) {
    const { call } = connection;
    if (call === undefined) {
      connection.socket.destroy(); // it tells that nobody has asked for long
      return;
    }
    connection.received = connection.received === undefined ? chunk : Buffer.concat([connection.received, chunk]);
    const answer = answerIn(connection.received);
    if (answer !== undefined) {
      connection.received = undefined;
      connection.call = undefined;
      call.finished(call.dueMs, answer.status === 200 ? undefined : `status ${answer.status}`, answer.body);
      if (answer.isLast) {
        connection.socket.destroy();
      } else {
        this.#free(connection);
      }
    }
  }

  #lose(connection) {
    this.#all.delete(connection);
    this.#idle = this.#idle.filter((each) => each !== connection);
    connection.call?.finished(connection.call.dueMs, connection.error ?? "the connection was closed");
    if (this.#waiting.length > 0) {
      this.#open();
    }
  }
}
