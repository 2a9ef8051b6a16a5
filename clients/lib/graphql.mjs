import http from "node:http";
import https from "node:https";
import { credentialsFrom } from "./credentials.mjs";

/** An open connection is given up before the service's own idle time-out, so no request meets a closing socket. */
const IDLE_CONNECTION_MS = 4_000;

/**
 * A call that gave no usable data. `code` is the service's `extensions.code`, `HTTP_<status>` for an answer that is no
 * GraphQL, or the network's own code (`ECONNREFUSED`, `TIMEOUT`).
 */
export class CallFailed extends Error {
  /**
   * @param {string} code
   * @param {string} message
   * @param {object} [answer]
   * @param {number} [answer.retryAfterMs] how long the service wants to be left alone
   * @param {boolean} [answer.isGraphQl] whether a GraphQL service said so
   */
  constructor(code, message, { retryAfterMs, isGraphQl = false } = {}) {
    super(`${code}: ${message}`);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
    this.isGraphQl = isGraphQl;
  }
}

/**
 * A GraphQL client over HTTP POST with kept connections. Calls may overlap; nothing is retried, so that every failure is
 * seen. Close it at the end, else open connections hold the process for a few seconds.
 *
 * @typedef {object} GraphQlClient
 * @property {(query: string, variables?: object) => Promise<any>} execute resolves to `data`, rejects with CallFailed
 * @property {(query: string, variables?: object, headers?: Record<string, string>) => Promise<{data: any, extensions?: any}>} send
 *   the same, with more headers and the whole answer
 * @property {(() => boolean) | undefined} renewCredentials reads credentials again where that can help: whether they are new
 * @property {() => Record<string, string>} headers what a call shows of who calls, for calls that are no GraphQL
 * @property {() => void} close
 */

/**
 * @param {object} settings
 * @param {string} settings.url
 * @param {Record<string, string> | (() => Record<string, string>)} [settings.headers] a function is asked for each call
 * @param {() => boolean} [settings.renewCredentials]
 * @param {number} [settings.timeoutMs] from sending to the answer's last byte
 * @param {number} [settings.maxConnections]
 * @returns {GraphQlClient}
 */
export function graphQlClient({ url, headers = {}, renewCredentials, timeoutMs = 30_000, maxConnections = 256 }) {
  const transport = url.startsWith("https:") ? https : http;
  const agent = new transport.Agent({
    keepAlive: true,
    maxSockets: maxConnections,
    scheduling: "lifo",
    timeout: IDLE_CONNECTION_MS,
  });
  const options = {
    method: "POST",
    agent,
    headers: {
      "Content-Type": "application/json",
      Accept: "application/graphql-response+json, application/json",
    },
  };
  const send = async (query, variables = {}, more = {}) => {
    const body = Buffer.from(JSON.stringify({ query, variables }));
    const own = typeof headers === "function" ? headers() : headers;
    const withMore = { ...options, headers: { ...options.headers, ...own, ...more } };
    return answerOf(await post(transport, url, withMore, body, timeoutMs));
  };
  return {
    send,
    execute: async (query, variables) => (await send(query, variables)).data,
    renewCredentials,
    headers: () => (typeof headers === "function" ? headers() : headers),
    close: () => agent.destroy(),
  };
}

/**
 * @param {Record<string, any>} values as `connectionOptions` read them
 * @param {number} [maxConnections]
 * @throws {import("./options.mjs").UsageError} for credentials that cannot be used
 */
export function clientFrom(values, maxConnections) {
  const credentials = credentialsFrom(values, process.env);
  /** @type {Record<string, string>} */
  const local = {};
  for (const [name, option] of [
    ["X-Towline-Local-Tenant", "tenant"],
    ["X-Towline-Local-Role", "role"],
    ["X-Towline-Local-Subject", "subject"],
  ]) {
    if (values[option] !== undefined) {
      local[name] = values[option];
    }
  }
  return graphQlClient({
    url: values.url,
    headers: () => ({ ...local, ...credentials.headers() }),
    renewCredentials: credentials.renew,
    timeoutMs: values["timeout-ms"],
    maxConnections,
  });
}

function post(transport, url, options, body, timeoutMs) {
  return new Promise((resolve, reject) => {
    const withLength = { ...options, headers: { ...options.headers, "Content-Length": body.length } };
    const request = transport.request(url, withLength, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", fail);
      response.on("end", () => {
        clearTimeout(timer);
        resolve({
          status: response.statusCode,
          text: Buffer.concat(chunks).toString("utf8"),
          retryAfterMs: msOfRetryAfter(response.headers["retry-after"]),
        });
      });
    });
    const timer = setTimeout(
      () => request.destroy(new CallFailed("TIMEOUT", `no whole answer within ${timeoutMs} ms`)),
      timeoutMs,
    );
    function fail(error) {
      clearTimeout(timer);
      // An AggregateError (both families of localhost refused) has a code but no message.
      reject(error instanceof CallFailed ? error : new CallFailed(error.code ?? "NETWORK", error.message || url));
    }
    request.on("error", fail);
    request.end(body);
  });
}

function answerOf({ status, text, retryAfterMs }) {
  const answer = parsed(text);
  if (answer?.errors?.length) {
    const [first] = answer.errors;
    const seconds = first.extensions?.retryAfterSeconds;
    throw new CallFailed(first.extensions?.code ?? "NO_CODE", first.message, {
      retryAfterMs: Number.isFinite(seconds) ? seconds * 1_000 : retryAfterMs,
      isGraphQl: true,
    });
  }
  if (status !== 200 || !answer?.data) {
    throw new CallFailed(`HTTP_${status}`, text.slice(0, 200), { retryAfterMs });
  }
  return answer;
}

/** Seconds, or the date when they are over. */
function msOfRetryAfter(header) {
  if (header === undefined) {
    return undefined;
  }
  const ms = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
