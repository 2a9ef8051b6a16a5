import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { graphQlClient } from "../lib/graphql.mjs";
import { summarizeDurations } from "../lib/percentiles.mjs";
import { cpuSeconds } from "./cpu.mjs";
import { FanoutWatchers } from "./fanoutWatchers.mjs";
import { MOVE } from "./fanoutSchema.mjs";
import { runOpenLoop } from "./openLoop.mjs";
import { movement } from "./operations.mjs";

const MOVING = new Set(["STORED", "LIVE_ONLY", "LATE"]);
const SETTLE_MS = 3_000;
const MOST_OUTPUT = 64 * 2 ** 20;

/** A server under test: the service, the peer or the floor. */
export class FanoutTarget {
  #client;
  #pid;
  #watchers;
  #newWatchers;
  #acknowledgedMs = new Map();
  #delaysMs = [];
  #newest = {};
  #index = 0;
  #lastMs = 0;
  #sessionIds;
  #centers;
  #stop;
  #jcmd;

  /**
   * @param {object} settings
   * @param {string} settings.name
   * @param {string} settings.url of the GraphQL endpoint
   * @param {number} settings.pid of its process
   * @param {Record<string, string>} settings.headers
   * @param {string[]} settings.sessionIds
   * @param {{latitude: number, longitude: number}[]} settings.centers around which each vehicle drives
   * @param {() => void} settings.stop
   * @param {string} settings.jcmd of the JDK, if the server is a JVM whose heap is to be looked at
   */
  constructor({ name, url, pid, headers = {}, sessionIds, centers, stop = () => {}, jcmd }) {
    this.name = name;
    this.#jcmd = jcmd;
    this.#pid = pid;
    this.#sessionIds = sessionIds;
    this.#centers = centers;
    this.#client = graphQlClient({ url, headers });
    this.#newWatchers = () => new FanoutWatchers(url, headers, (id, sequence) => this.#received(id, sequence));
    this.#watchers = this.#newWatchers();
    this.#stop = stop;
  }

  /** The memory of its process now, in bytes. */
  residentBytes() {
    const text = readFileSync(`/proc/${this.#pid}/status`, "utf8");
    return 1024 * Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)[1]);
  }

  /** The objects of its heap that are in use, in bytes. The JVM collects all others before. */
  heapBytes() {
    const histogram = execFileSync(this.#jcmd, [this.#pid, "GC.class_histogram"], { encoding: "utf8", maxBuffer: MOST_OUTPUT });
    return Number(/^Total +\d+ +(\d+)$/m.exec(histogram)[1]);
  }

  /** Starts a server of this folder in a process of its own. @param {string} name @param {string} file @param {object} settings */
  static async start(name, file, settings) {
    const child = fork(join(import.meta.dirname, file));
    const [{ port }] = await once(child, "message");
    const stop = () => child.kill();
    return new FanoutTarget({ ...settings, name, url: `http://127.0.0.1:${port}/graphql`, pid: child.pid, stop });
  }

  /** @param {number} count of further watchers, spread evenly over the sessions @param {number} hot so many of them watch the first session */
  async watch(count, hot = 0) {
    const sessions = hot > 0 ? this.#sessionIds.slice(1) : this.#sessionIds;
    const others = Array.from({ length: count - hot }, (_, i) => sessions[i % sessions.length]);
    await this.#watchers.open([...Array.from({ length: hot }, () => this.#sessionIds[0]), ...others]);
  }

  /** Closes all WebSockets, so that others can watch. */
  leave() {
    this.#watchers.close();
    this.#watchers = this.#newWatchers();
  }

  /**
   * Closes all WebSockets at once, moves each vehicle, and lets the watchers come back to another instance.
   *
   * @param {string} url of its GraphQL endpoint
   * @param {Record<string, string>} headers
   * @param {number} withinMs
   */
  async comeBack(url, headers, withinMs) {
    this.#watchers.close();
    for (let i = 0; i < 2 * this.#sessionIds.length; i++) {
      await this.#moveOne();
    }
    const again = new FanoutWatchers(url, headers);
    const lastHasAllMs = await again.resume(this.#watchers, this.#newest, withinMs);
    again.close();
    return { ...again.figures, lastHasAllMs };
  }

  /**
   * Moves vehicles, one after another, at a constant rate.
   *
   * @param {number} ratePerSecond
   * @param {number} seconds
   * @returns {Promise<object>} CPU of the server and what the watchers received
   */
  async move(ratePerSecond, seconds) {
    this.#acknowledgedMs.clear();
    this.#delaysMs = [];
    const before = { ...this.#watchers.figures };
    const cpuBefore = cpuSeconds({ server: this.#pid }).server;
    const sent = await runOpenLoop({ ratePerSecond, seconds, call: () => this.#moveOne() });
    await this.#settle();
    const cpu = cpuSeconds({ server: this.#pid }).server - cpuBefore;
    const now = this.#watchers.figures;
    return {
      updates: sent.ok,
      errors: sent.errors,
      cpuSeconds: cpu,
      received: now.received - before.received,
      holes: now.holes - before.holes,
      left: now.left - before.left,
      broken: now.broken,
      behind: this.#watchers.behind(this.#newest),
      cpuMicrosPerDelivery: (cpu * 1e6) / (now.received - before.received),
      delaysMs: summarizeDurations(this.#delaysMs),
    };
  }

  close() {
    this.#watchers.close();
    this.#client.close();
    this.#stop();
  }

  async #moveOne() {
    const vehicle = this.#index++ % this.#sessionIds.length;
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    const sessionId = this.#sessionIds[vehicle];
    const input = { sessionId, location: movement(this.#centers[vehicle], this.#lastMs) };
    const { outcome, reason, sequence } = (await this.#client.execute(MOVE, { input })).updateLocation;
    if (!MOVING.has(outcome)) {
      throw new Error(`UNEXPECTED: outcome ${outcome}: ${reason}`);
    }
    this.#acknowledged(`${sessionId} ${sequence}`);
    this.#newest[sessionId] = Math.max(this.#newest[sessionId] ?? 0, sequence ?? 0);
  }

  #acknowledged(key) {
    const nowMs = performance.now();
    const early = this.#acknowledgedMs.get(key) ?? [];
    this.#acknowledgedMs.set(key, nowMs);
    // who had it before the sender had its answer did not wait
    early.forEach?.(() => this.#delaysMs.push(0));
  }

  #received(sessionId, sequence) {
    const key = `${sessionId} ${sequence}`;
    const nowMs = performance.now();
    const known = this.#acknowledgedMs.get(key);
    if (typeof known === "number") {
      this.#delaysMs.push(nowMs - known);
    } else if (known === undefined) {
      this.#acknowledgedMs.set(key, [nowMs]);
    } else {
      known.push(nowMs);
    }
  }

  async #settle() {
    const untilMs = performance.now() + SETTLE_MS;
    let last = -1;
    while (this.#watchers.figures.received !== last && performance.now() < untilMs) {
      last = this.#watchers.figures.received;
      await sleep(200);
    }
  }
}
