import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { clientFrom } from "../lib/graphql.mjs";
import { followTrackingSession } from "../lib/operations.mjs";
import { seededRandom } from "../lib/random.mjs";
import { leaveCity, positionInCity, settleCity } from "./city.mjs";
import { cpuSeconds, used } from "./cpu.mjs";
import { MOVE } from "./fanoutSchema.mjs";
import { FanoutWatchers } from "./fanoutWatchers.mjs";
import { idleShare, microsEach, noiseOf, redisMicros } from "./hearingCost.mjs";
import { FramePublisher, isMessage } from "./hearingFrames.mjs";
import { runOpenLoop } from "./openLoop.mjs";
import { movement } from "./operations.mjs";
import { PlainSubscriber } from "./plainSubscriber.mjs";
import { difference, scrape, sumBy } from "./prometheus.mjs";
import { commandOf, connect, framesIn, RedisConnection } from "./redisWire.mjs";

const SUBSCRIBERS = { few: 1, many: 33 };
const PROBED = "towline-hearing-probe";
const SETTLE_MS = 500;

/** One run of hearing.mjs: two instances, a plain subscriber, and sessions of three kinds. */
export class HearingRun {
  #settings;
  #channels;
  #writer;
  #hearing;
  #redis;
  #floor;
  #city;
  #centers;
  #sets;
  #watchers;
  #lastMs = 0;
  #index = 0;
  #sample;
  #parts = [];
  #remembered = [];
  #errors = {};

  constructor(settings) {
    this.#settings = settings;
    this.#channels = settings.channels.split(",");
    this.#writer = clientFrom(settings);
    this.#hearing = clientFrom({ ...settings, url: settings["hearing-url"] });
  }

  async prepare() {
    const { sessions, seed, redis } = this.#settings;
    const random = seededRandom(seed);
    this.#redis = await RedisConnection.open(redis);
    this.#floor = await PlainSubscriber.start({ redis, channels: this.#channels, connections: 1 });
    this.#city = await settleCity(this.#writer, random, { vendors: 3 * sessions, sessions: 3 * sessions });
    const ids = this.#city.sessionIds;
    this.#centers = new Map(ids.map((id) => [id, positionInCity(random)]));
    this.#sets = { unknown: ids.slice(0, sessions), cached: ids.slice(sessions, 2 * sessions), watched: ids.slice(2 * sessions) };
    this.#watchers = new FanoutWatchers(this.#settings["hearing-url"], localHeaders(this.#settings));
    await this.#watchers.open(this.#sets.watched);
    await this.#ask(this.#sets.cached);
  }

  async warmUp() {
    const { rate, warmup } = this.#settings;
    this.#sample = await this.#oneMessage();
    if (warmup > 0) {
      await this.#move(this.#city.sessionIds, rate, warmup / 2);
      await this.#replay((publisher) => publisher.message(this.#sample), warmup / 4);
      await this.#query(rate, warmup / 4);
    }
  }

  /** @returns {Promise<object>} all figures */
  async measure() {
    const { rate, seconds, rounds } = this.#settings;
    for (let round = 0; round < rounds; round++) {
      await this.#part("idle", () => sleep(1_000 * seconds));
      for (const [name, ids] of Object.entries(this.#sets)) {
        if (name === "cached") {
          await this.#ask(ids);
        }
        await this.#part(name, () => this.#move(ids, rate, seconds));
        if (name === "cached") {
          this.#remembered.push(await this.#rememberedShare());
        }
      }
      await this.#part("query", () => this.#query(rate, seconds));
      await this.#part("replayed", () => this.#replay((publisher) => publisher.message(this.#sample), seconds));
      await this.#part("heartbeat", () => this.#replay((publisher) => publisher.heartbeat(), seconds));
    }
    return this.#figures(await this.#measureRedis());
  }

  async close() {
    this.#watchers?.close();
    this.#floor?.stop();
    this.#redis?.close();
    if (this.#city) {
      await leaveCity(this.#writer, this.#city);
    }
    this.#writer.close();
    this.#hearing.close();
  }

  async #part(name, work) {
    const before = await this.#count();
    const heardBefore = await scrape(this.#settings["hearing-url"]);
    const cpuBefore = await this.#cpu();
    const beganMs = performance.now();
    const changes = (await work()) ?? 0;
    await sleep(SETTLE_MS);
    const cpu = used(cpuBefore, await this.#cpu());
    const seconds = (performance.now() - beganMs) / 1_000;
    const counted = difference(heardBefore, await scrape(this.#settings["hearing-url"]));
    const kinds = sumBy(counted, "towline_coherence_messages_total", "kind");
    const after = await this.#count();
    const part = {
      name,
      seconds,
      changes,
      heard: kinds.heard ?? 0,
      lost: kinds.missed ?? 0,
      cpuSeconds: cpu,
      floorMessages: after.messages - before.messages,
      floorBytes: after.bytes - before.bytes,
      delivered: after.delivered - before.delivered,
    };
    this.#parts.push(part);
    console.error(
      `${name}: ${changes} changes, ${part.heard} messages heard, ${part.lost} gaps, CPU ${JSON.stringify(rounded(cpu))} s of ${seconds.toFixed(1)} s`,
    );
  }

  async #count() {
    const { messages, bytes } = await this.#floor.figures();
    return { messages, bytes, delivered: this.#watchers.figures.received };
  }

  async #cpu() {
    const { "service-pid": writing, "hearing-pid": hearing } = this.#settings;
    const { harness: _, ...instances } = cpuSeconds({ writing, hearing });
    const { cpuSeconds: floor } = await this.#floor.figures();
    return { ...instances, floor, redis: await this.#redis.cpuSeconds() };
  }

  async #move(ids, ratePerSecond, seconds) {
    const { ok, errors } = await runOpenLoop({ ratePerSecond, seconds, call: () => this.#moveOne(ids[this.#index++ % ids.length]) });
    for (const [error, count] of Object.entries(errors)) {
      this.#errors[error] = (this.#errors[error] ?? 0) + count;
    }
    return ok;
  }

  async #moveOne(sessionId) {
    this.#lastMs = Math.max(Date.now(), this.#lastMs + 1);
    const input = { sessionId, location: movement(this.#centers.get(sessionId), this.#lastMs) };
    await this.#writer.execute(MOVE, { input });
  }

  async #ask(ids) {
    for (const id of ids) {
      await this.#hearing.execute(followTrackingSession, { id });
    }
  }

  async #query(ratePerSecond, seconds) {
    const ids = this.#sets.cached;
    const call = (index) => this.#hearing.execute(followTrackingSession, { id: ids[index % ids.length] });
    return (await runOpenLoop({ ratePerSecond, seconds, call })).ok;
  }

  /** The share of the cached sessions that the hearing instance answers from its memory. */
  async #rememberedShare() {
    const ids = this.#sets.cached;
    let hits = 0;
    for (const id of ids) {
      const { extensions } = await this.#hearing.send(followTrackingSession, { id }, { "X-Towline-Cache-Report": "1" });
      hits += extensions.cache["/getTrackingSession"].result === "hit" ? 1 : 0;
    }
    return hits / ids.length;
  }

  /** Sends frames of a publisher of this harness to the first channel, evenly, and its goodbye. */
  async #replay(frameOf, seconds) {
    const { "replay-rate": ratePerSecond } = this.#settings;
    const publisher = new FramePublisher(randomBytes(8).readBigUInt64BE(), this.#channels.length);
    const call = () => this.#redis.call("PUBLISH", this.#channels[0], frameOf(publisher));
    const { ok } = await runOpenLoop({ ratePerSecond, seconds, call });
    await this.#redis.call("PUBLISH", this.#channels[0], publisher.goodbye());
    return ok;
  }

  /** A message about a change of a session that the hearing instance does not know. */
  async #oneMessage() {
    const socket = await connect(this.#settings.redis);
    let received = Buffer.alloc(0);
    socket.write(commandOf(["SUBSCRIBE", ...this.#channels]));
    await once(socket, "data");
    socket.on("data", (chunk) => (received = Buffer.concat([received, chunk])));
    for (let i = 0; i < 100; i++) {
      await this.#moveOne(this.#sets.unknown[0]);
      await sleep(20);
      const found = framesIn(received, this.#channels).find(isMessage);
      if (found !== undefined) {
        socket.destroy();
        return Buffer.from(found);
      }
    }
    throw new Error("no message about a change came on the channels: are they those of the instances?");
  }

  async #measureRedis() {
    const payload = randomBytes(Math.round(this.#bytesOf("unknown")));
    const measured = {};
    for (const [name, subscribers] of Object.entries(SUBSCRIBERS)) {
      const floor = await PlainSubscriber.start({ redis: this.#settings.redis, channels: [PROBED], connections: subscribers });
      await sleep(SETTLE_MS);
      const before = await this.#redis.cpuSeconds();
      for (let i = 0; i < this.#settings.probes; i++) {
        await this.#redis.call("PUBLISH", PROBED, payload);
      }
      const cpu = (await this.#redis.cpuSeconds()) - before;
      measured[name] = { subscribers, messages: this.#settings.probes, cpuSeconds: cpu };
      floor.stop();
    }
    return redisMicros(measured.few, measured.many);
  }

  #bytesOf(name) {
    const real = this.#parts.filter((part) => part.name === name);
    const of = (figure) => real.reduce((total, part) => total + part[figure], 0);
    return of("floorBytes") / of("floorMessages");
  }

  #figures(redis) {
    const parts = this.#parts;
    const heard = (name) => microsEach(parts, name, "hearing", (part) => part.heard);
    const floor = microsEach(parts, "replayed", "floor", (part) => part.floorMessages);
    const floorAtRate = microsEach(parts, "unknown", "floor", (part) => part.heard);
    const cost = {
      heardUnknown: heard("unknown"),
      heardCached: heard("cached"),
      heardWatched: heard("watched"),
      heardReplayed: heard("replayed"),
      heartbeat: microsEach(parts, "heartbeat", "hearing", (part) => part.changes),
      written: microsEach(parts, "unknown", "writing", (part) => part.changes),
      query: microsEach(parts, "query", "hearing", (part) => part.changes),
      floor: floorAtRate,
      floorReplayed: floor,
    };
    cost.delivered = cost.heardWatched - cost.heardCached;
    return {
      cores: availableParallelism(),
      channels: this.#channels.length,
      ratePerSecond: this.#settings.rate,
      replayedPerSecond: this.#settings["replay-rate"],
      changeBytes: this.#bytesOf("unknown"),
      heartbeatBytes: this.#bytesOf("heartbeat"),
      cpuMicros: cost,
      redisMicros: redis,
      ratioToFloor: { unknown: cost.heardUnknown / floorAtRate, cached: cost.heardCached / floorAtRate, replayed: cost.heardReplayed / floor },
      noise: Object.fromEntries(
        ["unknown", "cached", "watched", "replayed"].map((name) => [name, noiseOf(parts, name, "hearing", (part) => part.heard)]),
      ),
      idleShareOfACore: idleShare(parts, "hearing"),
      remembered: Math.min(...this.#remembered),
      lost: parts.reduce((total, part) => total + part.lost, 0),
      errors: this.#errors,
      parts,
    };
  }
}

function localHeaders({ tenant, role, subject }) {
  const all = { "X-Towline-Local-Tenant": tenant, "X-Towline-Local-Role": role, "X-Towline-Local-Subject": subject };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

function rounded(values) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Number(value.toFixed(2))]));
}
