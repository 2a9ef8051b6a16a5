import http from "node:http";
import https from "node:https";

/** An open connection is given up before the service's own idle time-out, so no request meets a closing socket. */
const IDLE_CONNECTION_MS = 4_000;

/**
 * A call that gave no usable data. `code` is the service's `extensions.code`, `HTTP_<status>` for an answer that is no
 * GraphQL, or the network's own code (`ECONNREFUSED`, `TIMEOUT`).
 */
export class CallFailed extends Error {
  /** @param {string} code @param {string} message */
  constructor(code, message) {
    super(`${code}: ${message}`);
    this.code = code;
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
 * @property {() => void} close
 */

/**
 * @param {object} settings
 * @param {string} settings.url
 * @param {Record<string, string>} [settings.headers]
 * @param {number} [settings.timeoutMs] from sending to the answer's last byte
 * @param {number} [settings.maxConnections]
 * @returns {GraphQlClient}
 */
export function graphQlClient({ url, headers = {}, timeoutMs = 30_000, maxConnections = 256 }) {
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
      ...headers,
    },
  };
  const send = async (query, variables = {}, more = {}) => {
    const body = Buffer.from(JSON.stringify({ query, variables }));
    const withMore = { ...options, headers: { ...options.headers, ...more } };
    return answerOf(await post(transport, url, withMore, body, timeoutMs));
  };
  return {
    send,
    execute: async (query, variables) => (await send(query, variables)).data,
    close: () => agent.destroy(),
  };
}

/**
 * @param {Record<string, any>} values as `connectionOptions` read them
 * @param {number} [maxConnections]
 */
export function clientFrom(values, maxConnections) {
  /** @type {Record<string, string>} */
  const headers = {};
  for (const [name, option] of [
    ["X-Towline-Local-Tenant", "tenant"],
    ["X-Towline-Local-Role", "role"],
    ["X-Towline-Local-Subject", "subject"],
  ]) {
    if (values[option] !== undefined) {
      headers[name] = values[option];
    }
  }
  return graphQlClient({ url: values.url, headers, timeoutMs: values["timeout-ms"], maxConnections });
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
        resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString("utf8") });
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

function answerOf({ status, text }) {
  const answer = parsed(text);
  if (answer?.errors?.length) {
    const [first] = answer.errors;
    throw new CallFailed(first.extensions?.code ?? "NO_CODE", first.message);
  }
  if (status !== 200 || !answer?.data) {
    throw new CallFailed(`HTTP_${status}`, text.slice(0, 200));
  }
  return answer;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
