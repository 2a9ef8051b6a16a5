#!/usr/bin/env node
// Drives vehicles through the API as the devices of a vendor would, and tells what became of each fix.
import { setMaxListeners } from "node:events";
import { clientFrom } from "../lib/graphql.mjs";
import { limiter } from "../lib/limiter.mjs";
import { UsageError } from "../lib/options.mjs";
import { whetherItAnswers } from "../lib/operations.mjs";
import { retrying } from "../lib/retry.mjs";
import { HELP, readDriveOptions } from "./driveOptions.mjs";
import { readTraces } from "./formats.mjs";
import { existingJob, hasEnded } from "./job.mjs";
import { outcomeOf, textOfOutcome } from "./outcome.mjs";
import { show } from "./screen.mjs";
import { simulatedTraces } from "./simulate.mjs";
import { Tally } from "./tally.mjs";
import { Vehicle } from "./vehicle.mjs";

/** So long a call that is under way may take after an interruption. */
const GRACE_MS = 5_000;
/** So many jobs are opened at a time, each by four calls. */
const OPENING = 8;

/** The service cannot be reached; the message is meant for the user. */
class Unreachable extends Error {}

async function main() {
  const { values, files } = readDriveOptions(process.argv.slice(2));
  if (values.help) {
    console.log(HELP);
    return;
  }
  const traces = await tracesOf(values, files);
  const client = clientFrom(values, values.concurrency);
  try {
    warn(values);
    await requireAnswer(client, values.url);
    const run = await runOf(values, client);
    const end = stopping(run.stop, values.for, client);
    const vehicles = traces.map((trace, index) => new Vehicle(trace, index, run));
    const elapsedMs = () => performance.now() - run.tally.begunMs;
    const title = titleOf(values, traces.length);
    const stopShowing = show(process.stderr, () => ({ title, elapsedMs: elapsedMs(), tally: run.tally, vehicles }));
    await Promise.all(vehicles.map((vehicle) => vehicle.drive()));
    end.done();
    stopShowing();
    const outcome = outcomeOf(run.tally, vehicles, { elapsedMs: elapsedMs(), end: end.reason() });
    console.log(values.json ? JSON.stringify(outcome, null, 2) : textOfOutcome(outcome, run.tally, vehicles));
    process.exitCode = outcome.ok ? 0 : 1;
  } finally {
    client.close();
  }
}

/** One for each vehicle. */
async function tracesOf(values, files) {
  if (values.simulate) {
    return simulatedTraces(
      {
        from: values.from,
        to: values.to,
        around: values.around,
        radiusMeters: values["radius-meters"],
        durationMs: values.duration,
        everyMs: values.every,
        metersPerSecond: values["meters-per-second"],
      },
      values.vehicles ?? 1,
      values.seed,
    );
  }
  const read = await readTraces(files, values["meters-per-second"]);
  const chosen = read.filter((trace) => trace.id.includes(values.trace ?? ""));
  if (chosen.length === 0) {
    throw new UsageError(`--trace: no drive has ${values.trace} in its id; there are ${read.length}, such as ${read[0].id}`);
  }
  const count = values.session ? 1 : (values.vehicles ?? chosen.length);
  // more vehicles than drives: some drive the same way
  return Array.from({ length: count }, (_, index) => {
    const trace = chosen[index % chosen.length];
    const copy = Math.floor(index / chosen.length) + 1;
    return copy === 1 ? trace : { ...trace, id: `${trace.id} (${copy})` };
  });
}

/** @returns {Promise<import("./vehicle.mjs").Run & {stop: AbortController}>} */
async function runOf(values, client) {
  const stop = new AbortController();
  // each vehicle waits for it
  setMaxListeners(0, stop.signal);
  const run = {
    client,
    limit: limiter(values.concurrency),
    limitOpening: limiter(OPENING),
    tally: new Tally(),
    stop,
    signal: stop.signal,
    giveUpAfterMs: values["give-up"],
    speed: values.speed,
    loop: values.loop ?? false,
    squeeze: Boolean(values.squeeze || values.loop || values.session),
    faults: {
      drop: values.drop,
      shuffleWindow: values.shuffle ? values["shuffle-window"] : 1,
      offline: values.offline && { forMs: values.offline, atMs: values["offline-at"], everyMs: values["offline-every"] },
    },
    batch: values.batch,
    complete: values.complete ?? false,
    seed: values.seed,
  };
  return values.session ? { ...run, job: await jobOf(values, client) } : run;
}

async function jobOf(values, client) {
  const job = await retrying(() => existingJob((document, variables) => client.execute(document, variables), values.session), {
    giveUpAfterMs: values["give-up"],
    renewCredentials: client.renewCredentials,
  });
  if (!job) {
    throw new UsageError(`--session: there is no session ${values.session} for this viewer`);
  }
  if (hasEnded(job.status)) {
    throw new UsageError(`--session: the session ${values.session} is ${job.status}, and takes no more fixes`);
  }
  return job;
}

/** An error of GraphQL is an answer, and so is a gateway that asks who calls; what they say comes with the first call of a vehicle. */
async function requireAnswer(client, url) {
  await client.execute(whetherItAnswers).catch((failure) => {
    if (!failure.isGraphQl && !["HTTP_401", "HTTP_403", "HTTP_429"].includes(failure.code)) {
      throw new Unreachable(`No GraphQL service answers at ${withoutPassword(url)}: ${failure.message}`);
    }
  });
}

/** Stops the run at a signal, or when its time is over. A second signal ends the process at once. */
function stopping(stop, forMs, client) {
  let reason = "finished";
  const end = (why) => {
    if (stop.signal.aborted) {
      return process.exit(130);
    }
    reason = why;
    stop.abort();
    setTimeout(client.close, GRACE_MS).unref();
  };
  const interrupt = () => end("interrupted");
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const timer = forMs === undefined ? undefined : setTimeout(() => end("time is over"), forMs);
  return {
    reason: () => reason,
    done: () => {
      clearTimeout(timer);
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    },
  };
}

function titleOf(values, vehicles) {
  const what = vehicles === 1 ? "1 vehicle" : `${vehicles} vehicles`;
  return `${what} to ${withoutPassword(values.url)}, ${values.speed}x`;
}

function warn(values) {
  const { protocol, hostname } = new URL(values.url);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  const isSecret = values.token ?? values["token-file"] ?? values["api-key"] ?? process.env.TOWLINE_TOKEN ?? process.env.TOWLINE_API_KEY;
  if (protocol === "http:" && !isLocal && isSecret) {
    console.error("Warning: the credential goes over the network unencrypted. Better use https.");
  }
}

function withoutPassword(url) {
  const shown = new URL(url);
  [shown.username, shown.password] = ["", ""];
  return shown.href;
}

try {
  await main();
} catch (error) {
  const isForUser = error instanceof UsageError || error instanceof Unreachable || error.code;
  console.error(isForUser ? error.message : error);
  if (error instanceof UsageError) {
    console.error("See --help.");
  }
  process.exitCode = error instanceof UsageError ? 2 : error instanceof Unreachable ? 3 : 1;
}
