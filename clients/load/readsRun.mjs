import { cpus, loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { summarizeDurations } from "../lib/percentiles.mjs";
import { cpuSeconds, used } from "./cpu.mjs";
import { difference, scrape } from "./prometheus.mjs";
import { allocatedBytes, median, microsByRound, noiseOf, othersShare, ratioOf, tierShares } from "./readsFigures.mjs";

const SETTLE_MS = 300;
const PEERS_WARM_UP_SECONDS = 10;
const MOST_KINDS_OF_ERRORS = 5;

/**
 * Kinds of requests that take turns.
 *
 * @typedef {object} Kind
 * @property {string} name
 * @property {import("./readsServer.mjs").ReadsServer} server
 * @property {(index: number) => Buffer} request
 * @property {number} ratePerSecond
 * @property {boolean} isService whether it tells its metrics
 */
export class ReadsRun {
  #kinds;
  #all;
  #parts = [];
  #latenciesMs = {};
  #examples = {};
  #counted = {};

  /** @param {readonly Kind[]} kinds the first is compared with the others of the same rate @param {boolean} all whether a part lasts until all is answered */
  constructor(kinds, all) {
    this.#all = all;
    this.#kinds = kinds;
  }

  async warmUp(seconds) {
    for (const kind of this.#kinds) {
      await this.#send(kind, kind.isService ? seconds : Math.min(seconds, PEERS_WARM_UP_SECONDS));
    }
  }

  /** @param {number} rounds @param {number} seconds of each part */
  async measure(rounds, seconds) {
    for (let round = 0; round < rounds; round++) {
      await this.#idle(round, seconds / 2);
      for (const kind of this.#kinds) {
        await this.#part(kind, round, seconds);
      }
    }
    return this.#figures();
  }

  async #idle(round, seconds) {
    const before = this.#cpu();
    await sleep(1_000 * seconds);
    this.#parts.push({ name: "idle", round, seconds, answers: 0, cpuSeconds: used(before, this.#cpu()) });
  }

  async #part(kind, round, seconds) {
    const samplesBefore = kind.isService ? await scrape(kind.server.url) : [];
    await sleep(SETTLE_MS);
    const machineBefore = cpus();
    const cpuBefore = this.#cpu();
    const sent = await this.#send(kind, seconds);
    const cpu = used(cpuBefore, this.#cpu());
    const others = othersShare(machineBefore, cpus(), Object.values(cpu).reduce((sum, each) => sum + each, 0));
    await sleep(SETTLE_MS);
    const samplesAfter = kind.isService ? await scrape(kind.server.url) : [];
    const part = {
      name: kind.name,
      round,
      process: kind.server.name,
      seconds: sent.seconds,
      answers: sent.answers,
      errors: sent.errors,
      unsent: sent.unsent,
      cpuSeconds: cpu,
      othersShare: others,
      loadAverage: loadavg()[0],
      ...(kind.isService && {
        allocatedBytes: allocatedBytes(samplesAfter) - allocatedBytes(samplesBefore),
      }),
    };
    this.#parts.push(part);
    this.#counted[kind.name] = (this.#counted[kind.name] ?? []).concat(difference(samplesBefore, samplesAfter));
    this.#latenciesMs[kind.name] = (this.#latenciesMs[kind.name] ?? []).concat(sent.latenciesMs);
    this.#examples[kind.name] = sent.example;
    console.error(
      `round ${round + 1}, ${kind.name}: ${((1e6 * cpu[part.process]) / part.answers).toFixed(1)} µs of CPU an answer, ` +
        `${(part.answers / part.seconds).toFixed(0)}/s; others took ${(100 * others).toFixed(0)} % of the machine` +
        (Object.keys(part.errors).length > 0 ? ` ${JSON.stringify(part.errors)}` : ""),
    );
  }

  #send({ server, request, ratePerSecond }, seconds) {
    return server.connections.run({ request, ratePerSecond, seconds, all: this.#all, isRight });
  }

  #cpu() {
    return Object.assign({}, ...this.#servers().map(({ name, pid }) => onlyServer(name, pid)), harness());
  }

  #servers() {
    return [...new Set(this.#kinds.map(({ server }) => server))];
  }

  #figures() {
    const [first] = this.#kinds;
    const compared = this.#kinds.filter((kind) => kind !== first && kind.ratePerSecond === first.ratePerSecond);
    return {
      kinds: Object.fromEntries(this.#kinds.map((kind) => [kind.name, this.#kindFigures(kind)])),
      ratios: Object.fromEntries(compared.map(({ name }) => [name, ratioOf(this.#parts, first.name, name)])),
      examples: this.#examples,
      parts: this.#parts,
    };
  }

  #kindFigures({ name, ratePerSecond, isService }) {
    const parts = this.#parts.filter((part) => part.name === name);
    const rounds = [...microsByRound(this.#parts, name).values()];
    const answers = parts.reduce((sum, part) => sum + part.answers, 0);
    const errors = {};
    for (const [error, count] of parts.flatMap((part) => Object.entries(part.errors)).slice(0, MOST_KINDS_OF_ERRORS)) {
      errors[error] = (errors[error] ?? 0) + count;
    }
    const { p50, p99 } = summarizeDurations(this.#latenciesMs[name]);
    return {
      cpuMicros: median(rounds),
      noise: noiseOf(rounds),
      ratePerSecond,
      unsent: parts.reduce((sum, part) => sum + part.unsent, 0),
      answersPerSecond: answers / parts.reduce((sum, part) => sum + part.seconds, 0),
      p50Ms: p50,
      p99Ms: p99,
      answerBytes: Buffer.byteLength(this.#examples[name]),
      errors,
      othersShare: median(parts.map((part) => part.othersShare)),
      loadAverage: median(parts.map((part) => part.loadAverage)),
      ...(isService && {
        allocatedBytes: parts.reduce((sum, part) => sum + part.allocatedBytes, 0) / answers,
        tiers: tierShares(this.#counted[name]),
      }),
    };
  }
}

function onlyServer(name, pid) {
  return { [name]: cpuSeconds({ server: pid }).server };
}

function harness() {
  return cpuSeconds({});
}

/** Every server answers `data` without an error, null or not. */
function isRight(body) {
  return body.latin1Slice(0, 9) === '{"data":{' && body.indexOf('"errors":') < 0;
}
