import { readFileSync } from "node:fs";
import { UsageError } from "./options.mjs";

/**
 * What a command shows to the service so that it knows who calls. No value of it stands in any message.
 *
 * @typedef {object} Credentials
 * @property {() => Record<string, string>} headers
 * @property {(() => boolean) | undefined} renew reads the file with the token again: whether there is another token now. Absent without
 *   a file, because nothing else can change.
 */

/**
 * A credential of the command line comes before all of the environment.
 *
 * @param {Record<string, any>} values as `connectionOptions` read them
 * @param {Record<string, string | undefined>} env `TOWLINE_TOKEN` and `TOWLINE_API_KEY`
 * @returns {Credentials}
 * @throws {UsageError} for several credentials, a file that cannot be read, or a text that no header can carry
 */
export function credentialsFrom(values, env) {
  const { "token-file": file } = values;
  const options = present({ "--token": values.token, "--token-file": file, "--api-key": values["api-key"] });
  const [chosen, another] =
    options.length > 0 ? options : present({ TOWLINE_TOKEN: env.TOWLINE_TOKEN, TOWLINE_API_KEY: env.TOWLINE_API_KEY });
  if (another) {
    throw new UsageError(`${chosen[0]} and ${another[0]} exclude each other`);
  }
  if (!chosen) {
    return { headers: () => ({}), renew: undefined };
  }
  const [name, value] = chosen;
  if (name === "--token-file") {
    let token = tokenIn(file);
    const renew = () => {
      const before = token;
      token = tokenIn(file);
      return token !== before;
    };
    return { headers: () => bearer(token), renew };
  }
  const text = sendable(name, value);
  const headers = /KEY$/i.test(name) ? { "x-api-key": text } : bearer(text);
  return { headers: () => headers, renew: undefined };
}

function present(named) {
  return Object.entries(named).filter(([, value]) => value !== undefined);
}

function bearer(token) {
  return { Authorization: `Bearer ${token}` };
}

function tokenIn(file) {
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new UsageError(`--token-file: ${file} cannot be read (${error.code})`);
  }
  return sendable("--token-file", text);
}

function sendable(name, value) {
  const text = value.trim();
  if (!/^[\x21-\x7e]+$/.test(text)) {
    throw new UsageError(`${name} is empty or has characters that no token has`);
  }
  return text;
}
