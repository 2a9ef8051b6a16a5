/**
 * Frames of the bus, as a publisher of this harness sends them. The service describes them in its class `Frame`, and in the package
 * `dev.towline.change`: one byte each for version and kind, then publisher, number and time in microseconds, 8 bytes each, big-endian.
 */
const HEADER_BYTES = 26;
const KINDS = { message: 1, heartbeat: 2, goodbye: 3 };
const SHARDED = 0x80;

/** @param {number} shards of the bus @returns {number} the version that its frames have */
function versionOf(shards) {
  return shards === 1 ? 1 : SHARDED + shards - 2;
}

/** A publisher that is not an instance. */
export class FramePublisher {
  #id;
  #version;
  #number = 0n;

  /** @param {bigint} id of 64 bits @param {number} shards of the bus */
  constructor(id, shards) {
    this.#id = id;
    this.#version = versionOf(shards);
  }

  /** @param {Buffer} frame of another publisher @returns {Buffer} its message as the next one of this publisher */
  message(frame) {
    this.#number++;
    return this.#frame("message", frame.subarray(HEADER_BYTES));
  }

  heartbeat() {
    return this.#frame("heartbeat", Buffer.alloc(8));
  }

  goodbye() {
    return this.#frame("goodbye", Buffer.alloc(0));
  }

  #frame(kind, payload) {
    const header = Buffer.alloc(HEADER_BYTES);
    header.writeUInt8(this.#version, 0);
    header.writeUInt8(KINDS[kind], 1);
    header.writeBigUInt64BE(this.#id, 2);
    header.writeBigUInt64BE(this.#number, 10);
    header.writeBigUInt64BE(BigInt(Date.now()) * 1_000n, 18);
    return Buffer.concat([header, payload]);
  }
}

/** @param {Buffer} frame @returns {boolean} whether it carries a message */
export function isMessage(frame) {
  return frame.length > HEADER_BYTES && frame[1] === KINDS.message;
}
