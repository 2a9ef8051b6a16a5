package dev.towline.change;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What instances send each other, as it goes over the wire: a byte for the version, one for the kind, then 8 bytes each, big-endian, for
 * instance, sequence and time of sending, then the payload. Another version may look altogether different behind its first byte.
 */
final class Frame {

    static final byte VERSION = 1;

    private static final int HEADER_BYTES = 2 * Byte.BYTES + 3 * Long.BYTES;

    /** What a frame is for; the protocol stands in the description of this package. */
    enum Kind {
        MESSAGE(1),
        HEARTBEAT(2),
        GOODBYE(3);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }
    }

    /** What every frame begins with. */
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

    /** @param sentAtNanos by a clock that only the sender knows */
    static Frame heartbeat(Header header, long sentAtNanos) {
        return new Frame(
                header, ByteBuffer.allocate(Long.BYTES).putLong(sentAtNanos).array());
    }

    /** What the bytes say; empty if they are no frame of this version. */
    static Optional<Frame> decode(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || bytes[0] != VERSION) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        byte code = in.get();
        for (Kind kind : Kind.values()) {
            if (kind.code == code) {
                Header header = new Header(kind, in.getLong(), in.getLong(), in.getLong());
                byte[] payload = new byte[in.remaining()];
                in.get(payload);
                return Optional.of(new Frame(header, payload)).filter(Frame::isSound);
            }
        }
        return Optional.empty();
    }

    private boolean isSound() {
        return switch (header.kind) {
            case MESSAGE -> header.sequence >= 1;
            case HEARTBEAT -> header.sequence >= 0 && payload.length == Long.BYTES;
            case GOODBYE -> header.sequence >= 0 && payload.length == 0;
        };
    }

    byte[] encode() {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .put(VERSION)
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

    /** Of a heartbeat: when it was sent, by the sender's own clock. */
    long sentAtNanos() {
        return ByteBuffer.wrap(payload).getLong();
    }
}
