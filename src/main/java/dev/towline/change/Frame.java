package dev.towline.change;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The wire format of the bus: one byte each for version and kind, then 8 bytes each, big-endian, for instance, sequence and sending time in
 * microseconds of the epoch, then the payload. Other versions have only the first byte in common. The version also tells the number of shards,
 * so that instances that split changes in different ways do not take each other's frames for complete.
 */
final class Frame {

    static final byte VERSION = 1;

    /** The versions with several shards are this one and the number of shards less 2. */
    private static final int SHARDED = 0x80;

    private static final int HEADER_BYTES = 2 * Byte.BYTES + 3 * Long.BYTES;

    /** The kind of a frame, see the protocol in the description of this package. */
    enum Kind {
        MESSAGE(1),
        HEARTBEAT(2),
        GOODBYE(3);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    /** The header of every frame. */
    record Header(Kind kind, long instance, long sequence, long sentAtMicros) {}

    private final Header header;
    private final byte[] payload;

    private Frame(Header header, byte[] payload) {
        this.header = header;
        this.payload = payload;
    }

    /** A frame of any kind but a heartbeat. */
    static Frame of(Header header, byte[] payload) {
        return new Frame(header, payload);
    }

    /** @param sentAtNanos the sending time by a clock of the sender */
    static Frame heartbeat(Header header, long sentAtNanos) {
        return new Frame(
                header, ByteBuffer.allocate(Long.BYTES).putLong(sentAtNanos).array());
    }

    private static byte version(Shards shards) {
        return shards.count() == 1 ? VERSION : (byte) (SHARDED + shards.count() - 2);
    }

    /** Decodes a frame; empty if the bytes are not a frame of this version for so many shards. */
    static Optional<Frame> decode(byte[] bytes, Shards shards) {
        if (bytes.length < HEADER_BYTES || bytes[0] != version(shards)) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        byte code = in.get();
        for (Kind kind : Kind.values()) {
            if (kind.code == code) {
                Header header = new Header(kind, in.getLong(), in.getLong(), in.getLong());
                byte[] payload = new byte[in.remaining()];
                in.get(payload);
                return Optional.of(new Frame(header, payload)).filter(Frame::isValid);
            }
        }
        return Optional.empty();
    }

    private boolean isValid() {
        return switch (header.kind) {
            case MESSAGE -> header.sequence >= 1;
            case HEARTBEAT -> header.sequence >= 0 && payload.length == Long.BYTES;
            case GOODBYE -> header.sequence >= 0 && payload.length == 0;
        };
    }

    byte[] encode(Shards shards) {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .put(version(shards))
                .put(header.kind.code)
                .putLong(header.instance)
                .putLong(header.sequence)
                .putLong(header.sentAtMicros)
                .put(payload)
                .array();
    }

    Header header() {
        return header;
    }

    byte[] payload() {
        return payload;
    }

    /** The sending time of a heartbeat by a clock of the sender. */
    long sentAtNanos() {
        return ByteBuffer.wrap(payload).getLong();
    }
}
