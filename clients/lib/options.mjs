import { parseArgs } from "node:util";

/**
 * One command line option.
 *
 * @typedef {object} Option
 * @property {"text" | "flag" | "integer" | "number"} kind
 * @property {string} help one line, with the unit if the option is a number
 * @property {string | number | boolean} [default] absent means undefined (false for a flag)
 * @property {readonly string[]} [oneOf] the only texts allowed
 * @property {number} [atLeast] the smallest number allowed; 0 if absent
 */

/** What the user typed cannot be understood; the message is meant for them. */
export class UsageError extends Error {}

/** Where the service is and as whom to speak to it; shared by all commands. @type {Record<string, Option>} */
export const connectionOptions = {
  url: {
    kind: "text",
    default: "http://localhost:8080/graphql",
    help: "the GraphQL endpoint",
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
 * @throws {UsageError} for an unknown option or a value that does not fit
 */
export function readOptions(argv, options) {
  const read = {};
  const given = parse(argv, options);
  for (const [name, option] of Object.entries(options)) {
    read[name] = given[name] === undefined ? option.default : convert(name, option, given[name]);
  }
  return read;
}

/**
 * @param {string} synopsis the first line
 * @param {Record<string, Option>} options
 * @returns {string} the text for --help
 */
export function usage(synopsis, options) {
  const lines = Object.entries(options).map(([name, option]) => {
    const value = option.kind === "flag" ? "" : ` ${option.oneOf?.join("|") ?? option.kind}`;
    const fallback = option.default === undefined ? "" : ` (default ${option.default})`;
    return `  ${`--${name}${value}`.padEnd(30)} ${option.help}${fallback}`;
  });
  return [synopsis, "", ...lines].join("\n");
}

function parse(argv, options) {
  const known = Object.entries(options).map(([name, option]) => [
    name,
    { type: option.kind === "flag" ? "boolean" : "string" },
  ]);
  try {
    return parseArgs({ args: argv, options: Object.fromEntries(known), strict: true }).values;
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
  const number = given.trim() === "" ? NaN : Number(given);
  const whole = option.kind !== "integer" || Number.isInteger(number);
  const atLeast = option.atLeast ?? 0;
  if (!Number.isFinite(number) || !whole || number < atLeast) {
    throw new UsageError(
      `--${name} is ${option.kind === "integer" ? "a whole" : "a"} number from ${atLeast}, not ${given}`,
    );
  }
  return number;
}
