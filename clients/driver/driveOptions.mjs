import { connectionOptions, readCommandLine, usage, UsageError } from "../lib/options.mjs";

/** @type {Record<string, import("../lib/options.mjs").Option>} */
const options = {
  ...connectionOptions,
  session: { kind: "text", help: "drive in this session; without it each vehicle gets a vendor, an incident and a session" },
  complete: { kind: "flag", help: "complete the job at the end, also when interrupted" },
  simulate: { kind: "flag", help: "make drives up: from one position to another, or around a city" },
  from: { kind: "position", help: "simulate: where the drive begins; others begin near it" },
  to: { kind: "position", help: "simulate: where it ends" },
  around: {
    kind: "position",
    default: { latitude: 30.2672, longitude: -97.7431 },
    shownDefault: "30.2672,-97.7431, Austin",
    help: "simulate: the middle of a city to drive around in",
  },
  "radius-meters": { kind: "integer", default: 5_000, atLeast: 200, help: "simulate: of the city" },
  duration: { kind: "duration", default: 600_000, shownDefault: "10m", help: "simulate: how long a drive around the city takes" },
  every: { kind: "duration", default: 1_000, shownDefault: "1s", help: "simulate: the time between two fixes" },
  "meters-per-second": {
    kind: "number",
    default: 14,
    atLeast: 1,
    help: "the highest speed of simulated drives, and that between points without times",
  },
  trace: { kind: "text", help: "of recorded drives only those with this in their id" },
  vehicles: { kind: "integer", atLeast: 1, help: "how many at once (default: one for each recorded drive, or one)" },
  speed: { kind: "factor", default: 1, shownDefault: "1x", help: "so many times faster than recorded" },
  squeeze: { kind: "flag", help: "a fast drive really is that fast: a fix counts as recorded when it is sent" },
  loop: { kind: "flag", help: "drive back and forth until interrupted (implies --squeeze)" },
  for: { kind: "duration", help: "stop after this time" },
  drop: { kind: "share", default: 0, shownDefault: "0%", help: "so many of the fixes are never sent" },
  shuffle: { kind: "flag", help: "send fixes in another order" },
  "shuffle-window": { kind: "integer", default: 5, atLeast: 2, help: "shuffle: within so many that follow each other" },
  offline: { kind: "duration", help: "be offline for so long: fixes are buffered, and sent in batches then" },
  "offline-at": { kind: "duration", default: 10_000, shownDefault: "10s", help: "offline: when that begins" },
  "offline-every": { kind: "duration", help: "offline: and again each time after this" },
  batch: { kind: "integer", default: 500, atLeast: 1, atMost: 500, help: "most fixes of one call" },
  concurrency: { kind: "integer", default: 64, atLeast: 1, help: "most calls at a time, of all vehicles" },
  "give-up": { kind: "duration", default: 120_000, shownDefault: "2m", help: "how long a call is repeated while it fails for a time" },
  seed: { kind: "integer", default: 1, help: "decides what is simulated, dropped and shuffled" },
  json: { kind: "flag", help: "a summary for machines on stdout, and nothing else there" },
  help: { kind: "flag", help: "this text" },
};

const EXAMPLES = `Examples
  node clients/driver/drive.mjs --simulate --speed 10x --complete
  node clients/driver/drive.mjs drive.gpx --session 4b1f --token-file token.txt --url https://towline.example/graphql
  node clients/driver/drive.mjs traces_capmetro_austin_2017-03-21.csv.gz --vehicles 300 --speed 60x
  node clients/driver/drive.mjs --simulate --from 30.26,-97.74 --to 30.20,-97.67 --loop
  node clients/driver/drive.mjs drives.ndjson --drop 5% --shuffle --offline 30s --offline-every 2m --json`;

const EXIT_CODES = `Exit code
  0 every fix was accepted   1 something was refused or lost   2 wrong usage   3 the service cannot be reached`;

export const HELP = [
  usage("node clients/driver/drive.mjs [FILE...]: drives vehicles, recorded (.csv, .gpx, .ndjson, each also .gz) or simulated", options),
  EXAMPLES,
  EXIT_CODES,
].join("\n\n");

/**
 * @param {string[]} argv without node and script
 * @returns {{values: Record<string, any>, files: string[]}}
 * @throws {UsageError} names the option that is wrong
 */
export function readDriveOptions(argv) {
  const { values, files } = readCommandLine(argv, options);
  const refuse = (isWrong, message) => {
    if (isWrong) {
      throw new UsageError(message);
    }
  };
  if (values.help) {
    return { values, files };
  }
  refuse(!/^https?:$/.test(protocolOf(values.url)), `--url is an address that begins with http:// or https://, not ${values.url}`);
  refuse(values.simulate && files.length > 0, `--simulate makes drives up, and ${files[0]} is a recorded one: choose`);
  refuse(!values.simulate && files.length === 0, "Name the file of a recorded drive, or say --simulate");
  refuse(values.from && !values.to, "--from needs --to");
  refuse(values.to && !values.from, "--to needs --from");
  refuse(values.from && !values.simulate, "--from needs --simulate");
  refuse(values.session && values.vehicles > 1, "--session is one vehicle's: --vehicles does not go with it");
  refuse(values.every === 0, "--every must be longer than 0");
  refuse(values["offline-every"] !== undefined && !values.offline, "--offline-every needs --offline");
  refuse(values["offline-every"] <= values.offline, "--offline-every must be longer than --offline");
  return { values, files };
}

function protocolOf(url) {
  return URL.canParse(url) ? new URL(url).protocol : "";
}
