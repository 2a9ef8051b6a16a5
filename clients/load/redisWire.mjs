import { once } from "node:events";
import net from "node:net";

const CRLF = "\r\n";

/** How Redis begins each message of a channel (https://redis.io/docs/latest/develop/reference/protocol-spec/). */
const MESSAGE = Buffer.from("*3\r\n$7\r\nmessage\r\n");

/** @param {readonly (string | Buffer)[]} args of a command @returns {Buffer} as Redis wants it */
export function commandOf(args) {
  const parts = [Buffer.from(`*${args.length}${CRLF}`)];
  for (const arg of args) {
    const bytes = Buffer.from(arg);
    parts.push(Buffer.from(`$${bytes.length}${CRLF}`), bytes, Buffer.from(CRLF));
  }
  return Buffer.concat(parts);
}

/** Counts the messages in what Redis sends to a subscriber, without looking into them, however it is cut into chunks. */
export class MessageCounter {
  #tail = Buffer.alloc(0);
  messages = 0;
  bytes = 0;

  /** @param {Buffer} chunk */
  add(chunk) {
    this.bytes += chunk.length;
    const text = this.#tail.length === 0 ? chunk : Buffer.concat([this.#tail, chunk]);
    for (let at = text.indexOf(MESSAGE); at >= 0; at = text.indexOf(MESSAGE, at + MESSAGE.length)) {
      this.messages++;
    }
    this.#tail = text.subarray(Math.max(0, text.length - MESSAGE.length + 1));
  }
}

/** A connection to Redis on which one command follows another. */
export class RedisConnection {
  #socket;
  #waiting = [];
  #received = Buffer.alloc(0);

  constructor(socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => this.#answered(chunk));
    socket.on("error", (error) => this.#waiting.splice(0).forEach(({ reject }) => reject(error)));
  }

  /** @param {string} address host and port */
  static async open(address) {
    return new RedisConnection(await connect(address));
  }

  /** @param {...(string | Buffer)} args @returns {Promise<string>} a status, a number or a text, as text */
  call(...args) {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#socket.write(commandOf(args));
    });
  }

  /** @returns {Promise<number>} the CPU seconds that Redis has used, as it says itself */
  async cpuSeconds() {
    const info = await this.call("INFO", "cpu");
    const of = (name) => Number(new RegExp(`^${name}:(\\S+)`, "m").exec(info)[1]);
    return of("used_cpu_sys") + of("used_cpu_user");
  }

  close() {
    this.#socket.destroy();
  }

  #answered(chunk) {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (let end = this.#received.indexOf(CRLF); end >= 0; end = this.#received.indexOf(CRLF)) {
      const line = this.#received.subarray(1, end).toString();
      const kind = String.fromCharCode(this.#received[0]);
      const length = kind === "$" ? Math.max(0, Number(line)) + CRLF.length : 0;
      const from = end + CRLF.length;
      if (this.#received.length < from + length) {
        return;
      }
      const { resolve, reject } = this.#waiting.shift();
      const text = this.#received.subarray(from, from + length - CRLF.length).toString();
      this.#received = this.#received.subarray(from + length);
      if (kind === "-") {
        reject(new Error(`Redis: ${line}`));
      } else {
        resolve(kind === "$" ? text : line);
      }
    }
  }
}

/** @param {string} address host and port @returns {Promise<net.Socket>} */
export async function connect(address) {
  const [host, port] = address.split(":");
  const socket = net.connect({ host, port: Number(port), noDelay: true });
  await once(socket, "connect");
  return socket;
}

/**
 * The whole messages in what Redis has sent to a subscriber of these channels.
 *
 * @param {Buffer} received
 * @param {readonly string[]} channels
 * @returns {Buffer[]}
 */
export function framesIn(received, channels) {
  return channels.flatMap((channel) => {
    const head = Buffer.from(`message\r\n$${channel.length}\r\n${channel}\r\n$`);
    const frames = [];
    for (let at = received.indexOf(head); at >= 0; at = received.indexOf(head, at + head.length)) {
      const from = received.indexOf("\r\n", at + head.length) + 2;
      const length = Number(received.subarray(at + head.length, from - 2).toString());
      if (from >= 2 && received.length >= from + length) {
        frames.push(received.subarray(from, from + length));
      }
    }
    return frames;
  });
}
