#!/usr/bin/env node
// Loads vendors from a file: sends the file, starts the import, and shows how far it has come. Run again, it goes on where the import is.
import { clientFrom } from "../lib/graphql.mjs";
import { connectionOptions, readCommandLine, usage, UsageError } from "../lib/options.mjs";
import { retrying } from "../lib/retry.mjs";
import { setTimeout as sleep } from "node:timers/promises";
import { describeFile } from "./file.mjs";
import { follow, startOrFind } from "./job.mjs";
import { progress, summaryOf } from "./screen.mjs";
import { sendFile } from "./send.mjs";

const OPTIONS = {
  ...connectionOptions,
  format: {
    kind: "text",
    oneOf: ["csv", "ndjson"],
    help: "how the file has rows; absent: by its name",
  },
  again: { kind: "flag", default: false, help: "import the file anew, although it was imported within the last day" },
  "poll-ms": { kind: "integer", default: 500, atLeast: 50, help: "how often to ask how far the import is, in milliseconds" },
  "give-up-after": {
    kind: "duration",
    default: 600_000,
    shownDefault: "10m",
    help: "how long to try again while the service does not answer",
  },
  help: { kind: "flag", default: false, help: "show this" },
};

const HELP = usage("node clients/import/import.mjs FILE [options]: loads vendors from a CSV or NDJSON file, which may be packed (.gz)", OPTIONS);

/** As shells report a command that was interrupted. */
const INTERRUPTED = 130;

async function main() {
  const { values, files } = readCommandLine(process.argv.slice(2), OPTIONS);
  if (values.help) {
    console.log(HELP);
    return;
  }
  if (files.length !== 1) {
    throw new UsageError("name one file");
  }
  const file = await describeFile(files[0], values.format);
  const client = clientFrom(values);
  const patiently = (call) =>
    retrying(call, {
      giveUpAfterMs: values["give-up-after"],
      renewCredentials: client.renewCredentials,
      onRetry: (failure, pauseMs) => console.error(`${failure.message}; again in ${Math.round(pauseMs)} ms`),
    });
  const shown = progress(process.stdout);
  let jobId;
  process.once("SIGINT", () => {
    shown.done();
    console.log(
      jobId
        ? `The import goes on as job ${jobId}. The same command shows it again; the mutation cancelJob stops it.`
        : "Nothing was started. The same command sends only the parts of the file that have not arrived.",
    );
    process.exit(INTERRUPTED);
  });
  try {
    const send = () => sendFile(file, values, client.headers, (bytes) => shown.sent(bytes, file.fileBytes));
    const { job: found, isOld } = await startOrFind(client, file, values.again, patiently, send);
    jobId = found.id;
    if (isOld) {
      console.log(`Job ${jobId} has this file already. --again imports it anew.`);
    }
    const ended = await follow(client, found, patiently, {
      pause: () => sleep(values["poll-ms"]),
      onProgress: shown.job,
    });
    shown.done();
    console.log(summaryOf(ended));
    process.exitCode = ended.status === "SUCCEEDED" && ended.errorCount === 0 ? 0 : 1;
  } finally {
    client.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof UsageError ? `${error.message}\n\n${HELP}` : error.message);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
