import { setTimeout as sleep } from "node:timers/promises";
import { retrying } from "../lib/retry.mjs";
import { reportLocation, reportLocations } from "../lib/operations.mjs";
import { seededRandom } from "../lib/random.mjs";
import { hasEnded, openJob, step } from "./job.mjs";
import { endsOf, locationOf, OLDEST_AGE_MS } from "./plan.mjs";
import { rounds } from "./timetable.mjs";

/** After these the vehicle has nothing more to hope for. */
const HOPELESS = new Set(["UNAUTHENTICATED", "HTTP_401", "FORBIDDEN", "HTTP_403", "NOT_FOUND", "HTTP_404"]);

/**
 * What all vehicles of a run share.
 *
 * @typedef {object} Run
 * @property {import("../lib/graphql.mjs").GraphQlClient} client
 * @property {<R>(work: () => Promise<R>) => Promise<R>} limit so many calls at a time
 * @property {<R>(work: () => Promise<R>) => Promise<R>} limitOpening so many vehicles open their job at a time: the first ones soon drive
 * @property {import("./tally.mjs").Tally} tally
 * @property {AbortSignal} signal stops the drives; a call that is under way may still end
 * @property {number} giveUpAfterMs
 * @property {number} speed
 * @property {boolean} loop
 * @property {boolean} squeeze whether a fix counts as recorded when it is sent, also in a drive that is faster than recorded
 * @property {import("./timetable.mjs").Faults} faults
 * @property {number} batch most fixes of a call
 * @property {import("./job.mjs").Job} [job] an existing one; absent: each vehicle opens its own
 * @property {boolean} complete
 * @property {number} seed
 */

/**
 * Drives one vehicle: opens its job, sends each fix when it is due, buffers while it is offline or the service is away, and says the steps
 * of the job. A call stays the same until it is answered, so what the service has stored is a DUPLICATE at worst.
 */
export class Vehicle {
  /** Where the vehicle is, for who looks on: preparing, driving, offline, retrying, done, stopped or failed. */
  state = "preparing";
  /** @type {string | undefined} of the session */
  status;
  /** @type {string | undefined} of the last fix */
  lastOutcome;
  /** @type {number | undefined} */
  etaSeconds;
  /** @type {import("./job.mjs").Job | undefined} */
  job;
  /** @type {string | undefined} why it gave up */
  failure;
  acknowledged = 0;
  /** @type {import("./plan.mjs").Location | undefined} */
  lastLocation;

  #run;
  #fixes;
  #random;
  #toRecordedMs;
  #timesFaster = 1;
  #begunMs = Infinity;
  /** Stops that are not sent yet, of the rounds that have begun. */
  #stops = [];
  #next = 0;

  /**
   * @param {import("./traces.mjs").Trace} trace
   * @param {number} index of the vehicle, so that each drops other fixes
   * @param {Run} run
   */
  constructor(trace, index, run) {
    this.name = trace.id;
    this.#run = run;
    this.#fixes = trace.fixes
      .filter((fix) => Number.isFinite(fix.latitude) && Number.isFinite(fix.longitude))
      .toSorted((a, b) => a.timeMs - b.timeMs);
    this.#random = seededRandom(run.seed * 104_729 + index);
    const unsendable = trace.fixes.length - this.#fixes.length;
    run.tally.counts.planned += unsendable;
    run.tally.counts.unsendable += unsendable;
  }

  /** How many fixes were taken and not sent yet. */
  get waiting() {
    const now = performance.now() - this.#begunMs;
    let count = 0;
    while (this.#stops[this.#next + count]?.takenMs <= now) {
      count++;
    }
    return count;
  }

  /** Drives to the end, or until the run stops. Never rejects: what went wrong stands in `failure`. */
  async drive() {
    const { signal, tally, limitOpening } = this.#run;
    try {
      if (this.#fixes.length > 0) {
        await limitOpening(() => this.#open());
        await this.#sendAll();
        await this.#close();
      }
      this.state = signal.aborted ? "stopped" : "done";
    } catch (error) {
      const isStopped = signal.aborted && this.job === undefined;
      // A fault of this program shall be seen with the place where it is.
      this.failure = isStopped ? undefined : error.code ? error.message : error.stack;
      this.state = isStopped ? "stopped" : "failed";
    }
    tally.counts.notSent += this.#stops.length - this.#next;
    this.#stops = [];
  }

  async #open() {
    const { speed } = this.#run;
    const durationMs = this.#fixes.at(-1).timeMs - this.#fixes[0].timeMs;
    // With the gaps of the recording a fast drive began before now, so that it ends now.
    const aheadMs = durationMs - durationMs / speed;
    const keepsGaps = speed > 1 && !this.#run.squeeze && aheadMs <= OLDEST_AGE_MS;
    const oldestMs = keepsGaps ? Date.now() - aheadMs : undefined;
    this.job = this.#run.job ?? (await openJob(this.#call, { name: this.name, ...endsOf(this.#fixes), oldestMs }));
    this.status = this.job.status;
    if (!this.#run.job && !this.#run.signal.aborted) {
      await this.#reach("EN_ROUTE");
    }
    const beginMs = Date.now();
    this.#timesFaster = keepsGaps ? 1 : speed;
    this.#toRecordedMs = keepsGaps
      ? ({ takenMs }) => beginMs - aheadMs + takenMs * speed
      : ({ takenMs }) => beginMs + takenMs;
    this.#begunMs = performance.now();
    this.state = "driving";
  }

  async #sendAll() {
    const { signal, speed, loop, faults, tally } = this.#run;
    for (const { stops, dropped } of rounds(this.#fixes, { speed, loop, faults, random: this.#random })) {
      this.#stops = stops;
      this.#next = 0;
      tally.counts.planned += stops.length + dropped;
      tally.counts.dropped += dropped;
      while (this.#next < stops.length && !signal.aborted && !hasEnded(this.status)) {
        await this.#untilDue(stops[this.#next]);
        if (!signal.aborted) {
          await this.#send(this.#due());
        }
      }
      if (signal.aborted || hasEnded(this.status)) {
        return;
      }
    }
  }

  async #untilDue({ sentMs, isBuffered }) {
    const waitMs = sentMs - (performance.now() - this.#begunMs);
    if (waitMs > 0) {
      this.state = isBuffered ? "offline" : "driving";
      // a timer leaves out fractions, and no fix is sent before it is taken
      await sleep(Math.ceil(waitMs), undefined, { signal: this.#run.signal }).catch(() => {});
    }
    this.state = "driving";
  }

  /** What is due now and goes in one call. Fixes that overtake each other go one by one, since the service sorts those of a call. */
  #due() {
    const now = performance.now() - this.#begunMs;
    const first = this.#stops[this.#next];
    const mayFollow = (stop) => stop?.sentMs <= now && (this.#run.faults.shuffleWindow === 1 || (first.isBuffered && stop.isBuffered));
    const due = [first];
    while (due.length < this.#run.batch && mayFollow(this.#stops[this.#next + due.length])) {
      due.push(this.#stops[this.#next + due.length]);
    }
    return due;
  }

  async #send(stops) {
    const { tally } = this.#run;
    const locations = stops.map((stop) => locationOf(this.#asDriven(stop.fix), this.#toRecordedMs(stop)));
    this.#next += stops.length;
    try {
      const results = await this.#report(locations);
      tally.answered(results);
      // Each fix has one outcome; what has none is lost.
      tally.counts.lost += Math.max(0, stops.length - results.length);
      this.acknowledged += results.length;
      this.lastOutcome = results.at(-1)?.outcome;
      this.lastLocation = locations.at(-1);
    } catch (error) {
      tally.counts.lost += stops.length;
      if (!error.code || HOPELESS.has(error.code)) {
        throw error;
      }
      this.failure = error.message;
    }
  }

  async #report(locations) {
    const { sessionId } = this.job;
    if (locations.length > 1) {
      return (await this.#call(reportLocations, { input: { sessionId, locations } })).updateLocations;
    }
    const result = (await this.#call(reportLocation, { input: { sessionId, location: locations[0] } })).updateLocation;
    this.status = result.session.status;
    this.etaSeconds = result.session.eta?.durationSeconds;
    return [result];
  }

  /** Who covers the way in a tenth of the time is ten times as fast. */
  #asDriven(fix) {
    return fix.speedMetersPerSecond === undefined
      ? fix
      : { ...fix, speedMetersPerSecond: fix.speedMetersPerSecond * this.#timesFaster };
  }

  async #close() {
    const { complete, job, signal } = this.#run;
    this.etaSeconds = undefined;
    if (complete && !hasEnded(this.status)) {
      await this.#reach("COMPLETED");
    } else if (!job && !signal.aborted && this.status === "EN_ROUTE") {
      await this.#reach("ARRIVED");
    }
  }

  async #reach(status) {
    this.status = await step(this.#call, this.job.sessionId, status);
  }

  /** @type {import("./job.mjs").Call} */
  #call = async (document, variables) => {
    const { client, limit, tally, giveUpAfterMs, signal } = this.#run;
    const attempt = () =>
      limit(async () => {
        if (signal.aborted && this.job === undefined) {
          throw new Error("There is no job any more to open");
        }
        const sentMs = performance.now();
        try {
          const data = await client.execute(document, variables);
          tally.took(performance.now() - sentMs);
          return data;
        } catch (failure) {
          tally.failed(failure.code ?? failure.name);
          throw failure;
        }
      });
    const before = this.state;
    const onRetry = () => {
      tally.counts.retries++;
      this.state = "retrying";
    };
    tally.counts.calls++;
    try {
      return await retrying(attempt, { giveUpAfterMs, signal, renewCredentials: client.renewCredentials, onRetry });
    } catch (failure) {
      tally.counts.failedCalls++;
      throw failure;
    } finally {
      this.state = before;
    }
  };
}
