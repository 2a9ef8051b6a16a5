import assert from "node:assert/strict";
import test from "node:test";
import { idleShare, microsEach, noiseOf, redisMicros } from "./hearingCost.mjs";
import { FramePublisher, isMessage } from "./hearingFrames.mjs";
import { commandOf, framesIn, MessageCounter } from "./redisWire.mjs";

const part = (name, seconds, heard, hearing) => ({ name, seconds, heard, cpuSeconds: { hearing } });
const heard = ({ heard: count }) => count;

test("what a process takes when nothing happens does not count", () => {
  const parts = [part("idle", 10, 0, 0.1), part("unknown", 10, 1_000, 0.15), part("unknown", 20, 2_000, 0.32), part("cached", 10, 5, 9)];
  assert.ok(Math.abs(idleShare(parts, "hearing") - 0.01) < 1e-12);
  assert.ok(Math.abs(microsEach(parts, "unknown", "hearing", heard) - (50 + 60) / 2) < 1e-9);
  const more = [...parts, part("unknown", 10, 1_000, 9.1)];
  assert.ok(Math.abs(microsEach(more, "unknown", "hearing", heard) - 60) < 1e-9, "the median round");
  assert.ok(Number.isNaN(microsEach(parts, "watched", "hearing", heard)));
});

test("noise is the distance of the rounds from their median", () => {
  const parts = [part("idle", 10, 0, 0), part("unknown", 10, 1_000, 0.1), part("unknown", 10, 1_000, 0.3)];
  assert.ok(Math.abs(noiseOf(parts, "unknown", "hearing", heard) - 0.5) < 1e-9);
  assert.ok(Number.isNaN(noiseOf(parts.slice(0, 2), "unknown", "hearing", heard)), "of one round nobody knows");
});

test("two measurements tell the message from its subscribers", () => {
  const few = { subscribers: 1, messages: 1_000, cpuSeconds: 0.022 };
  const many = { subscribers: 33, messages: 1_000, cpuSeconds: 0.086 };
  const { publish, perSubscriber } = redisMicros(few, many);
  assert.ok(Math.abs(publish - 20) < 1e-9);
  assert.ok(Math.abs(perSubscriber - 2) < 1e-9);
});

test("messages are counted however they are cut", () => {
  const message = Buffer.from("*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$4\r\n$7\r\n\r\n");
  const all = Buffer.concat([Buffer.from("*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n"), message, message, message]);
  for (let size = 1; size <= all.length; size++) {
    const counter = new MessageCounter();
    for (let at = 0; at < all.length; at += size) {
      counter.add(all.subarray(at, at + size));
    }
    assert.equal(counter.messages, 3, `in chunks of ${size}`);
    assert.equal(counter.bytes, all.length);
  }
});

test("a command has the length of each part in bytes", () => {
  assert.equal(commandOf(["PUBLISH", "ü", Buffer.from([1, 2])]).toString("latin1"), "*3\r\n$7\r\nPUBLISH\r\n$2\r\nÃ¼\r\n$2\r\n\x01\x02\r\n");
});

/** As FrameTests of the service has it. */
test("frames are those of the service", () => {
  const publisher = new FramePublisher(0xf00000000000000an, 1);
  const first = publisher.message(Buffer.concat([Buffer.alloc(26), Buffer.from([7])]));
  assert.match(first.toString("hex"), /^0101f00000000000000a0000000000000001[0-9a-f]{16}07$/);
  assert.ok(isMessage(first));
  const micros = first.readBigUInt64BE(18);
  assert.ok(micros > 1_700_000_000_000_000n && micros < 10_000_000_000_000_000n);
  const heartbeat = publisher.heartbeat();
  assert.match(heartbeat.toString("hex"), /^0102f00000000000000a0000000000000001[0-9a-f]{32}$/);
  assert.ok(!isMessage(heartbeat));
  assert.match(publisher.goodbye().toString("hex"), /^0103f00000000000000a0000000000000001[0-9a-f]{16}$/);
  assert.equal(new FramePublisher(1n, 2).goodbye()[0], 0x80);
  assert.equal(new FramePublisher(1n, 64).goodbye()[0], 0xbe);
});

test("the messages of a channel are found, and one that is cut is left out", () => {
  const of = (channel, text) => Buffer.from(`*3\r\n$7\r\nmessage\r\n$${channel.length}\r\n${channel}\r\n$${text.length}\r\n${text}\r\n`);
  const received = Buffer.concat([of("a", "one"), of("other", "no"), of("a", "two\r\n"), of("b", "three"), of("a", "cut").subarray(0, -4)]);
  assert.deepEqual(framesIn(received, ["a", "b"]).map(String), ["one", "two\r\n", "three"]);
});
