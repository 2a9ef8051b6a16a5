import { parseArgs } from "node:util";
import { readDurationMs, readFactor, readPosition, readShare } from "./units.mjs";

/**
 * One command line option.
 *
 * @typedef {object} Option
 * @property {"text" | "flag" | "integer" | "number" | "duration" | "share" | "factor" | "position"} kind a duration is read as
 *   milliseconds, a share and a factor as a number, a position as latitude and longitude
 * @property {string} help one line, with the unit if the option is a number
 * @property {string | number | boolean} [default] as read, absent means undefined (false for a flag)
 * @property {string} [shownDefault] the default as a person writes it, where that differs
 * @property {readonly string[]} [oneOf] the only texts allowed
 * @property {number} [atLeast] the smallest number allowed; 0 if absent
 * @property {number} [atMost] the largest number allowed
 */

/** Kinds of values that a person writes with a unit: what they are, how `--help` shows them, and how they are read. */
const WRITTEN = {
  duration: { is: "a time such as 500ms, 30s, 5m or 1h", shown: "30s", read: readDurationMs },
  share: { is: "a share from 0% to 100%", shown: "5%", read: readShare },
  factor: { is: "a factor above 0 such as 10x", shown: "10x", read: readFactor },
  position: { is: "a position such as 30.26,-97.74 (degrees north, degrees east)", shown: "N,E", read: readPosition },
};

/** What the user typed cannot be understood; the message is meant for them. */
export class UsageError extends Error {}

/** Where the service is and as whom to speak to it; shared by all commands. @type {Record<string, Option>} */
export const connectionOptions = {
  url: {
    kind: "text",
    default: "http://localhost:8080/graphql",
    help: "the GraphQL endpoint, http or https",
  },
  token: {
    kind: "text",
    help: "sent as a bearer token; everybody on this machine sees it, so better a file or TOWLINE_TOKEN",
  },
  "token-file": {
    kind: "text",
    help: "a file with the token, read again when the service no longer takes it",
  },
  "api-key": {
    kind: "text",
    help: "sent as x-api-key; better TOWLINE_API_KEY",
  },
  tenant: {
    kind: "text",
    help: "sent as X-Towline-Local-Tenant (embedded stack only)",
  },
  role: {
    kind: "text",
    help: "sent as X-Towline-Local-Role (embedded stack only)",
  },
  subject: {
    kind: "text",
    help: "sent as X-Towline-Local-Subject (embedded stack only)",
  },
  "timeout-ms": {
    kind: "integer",
    default: 30_000,
    atLeast: 1,
    help: "longest wait for one answer, in milliseconds",
  },
};

/**
 * Reads a command line. Every option comes back under its name, numbers as numbers.
 *
 * @param {string[]} argv without node and script
 * @param {Record<string, Option>} options
 * @returns {Record<string, any>}
 * @throws {UsageError} for an unknown option, a value that does not fit, or anything that is no option
 */
export function readOptions(argv, options) {
  return readCommandLine(argv, options, false).values;
}

/**
 * Reads a command line that also names files.
 *
 * @param {string[]} argv without node and script
 * @param {Record<string, Option>} options
 * @param {boolean} [takesFiles]
 * @returns {{values: Record<string, any>, files: string[]}}
 * @throws {UsageError} for an unknown option or a value that does not fit
 */
export function readCommandLine(argv, options, takesFiles = true) {
  const read = {};
  const { values: given, positionals: files } = parse(argv, options, takesFiles);
  for (const [name, option] of Object.entries(options)) {
    read[name] = given[name] === undefined ? option.default : convert(name, option, given[name]);
  }
  return { values: read, files };
}

/**
 * @param {string} synopsis the first line
 * @param {Record<string, Option>} options
 * @returns {string} the text for --help
 */
export function usage(synopsis, options) {
  const lines = Object.entries(options).map(([name, option]) => {
    const value = option.kind === "flag" ? "" : ` ${option.oneOf?.join("|") ?? WRITTEN[option.kind]?.shown ?? option.kind}`;
    const fallback = option.default === undefined ? "" : ` (default ${option.shownDefault ?? option.default})`;
    return `  ${`--${name}${value}`.padEnd(27)} ${option.help}${fallback}`;
  });
  return [synopsis, "", ...lines].join("\n");
}

function parse(argv, options, allowPositionals) {
  const known = Object.entries(options).map(([name, option]) => [
    name,
    { type: option.kind === "flag" ? "boolean" : "string" },
  ]);
  try {
    return parseArgs({ args: argv, options: Object.fromEntries(known), strict: true, allowPositionals });
  } catch (error) {
    throw new UsageError(error.message);
  }
}

function convert(name, option, given) {
  if (option.oneOf && !option.oneOf.includes(given)) {
    throw new UsageError(`--${name} is one of ${option.oneOf.join(", ")}, not ${given}`);
  }
  if (option.kind === "flag" || option.kind === "text") {
    return given;
  }
  if (option.kind in WRITTEN) {
    const value = WRITTEN[option.kind].read(given);
    if (value === undefined) {
      throw new UsageError(`--${name} is ${WRITTEN[option.kind].is}, not ${given}`);
    }
    return value;
  }
  const number = given.trim() === "" ? NaN : Number(given);
  const whole = option.kind !== "integer" || Number.isInteger(number);
  const atLeast = option.atLeast ?? 0;
  if (!Number.isFinite(number) || !whole || number < atLeast || number > option.atMost) {
    const most = option.atMost === undefined ? "" : ` to ${option.atMost}`;
    throw new UsageError(
      `--${name} is ${option.kind === "integer" ? "a whole" : "a"} number from ${atLeast}${most}, not ${given}`,
    );
  }
  return number;
}
