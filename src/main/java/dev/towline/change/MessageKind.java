package dev.towline.change;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * The kind of a message between instances. A message has a header of two bytes, one for the layout of all messages and one for the kind, and
 * a body in CBOR.
 */
public enum MessageKind {
    /** The changes of a write. */
    CHANGES(1),
    /** A request to evict cache entries. */
    EVICT(2),
    /** The confirmation of an eviction. */
    EVICTED(3);

    /** Reads and writes bodies. */
    public static final CBORMapper CBOR = CBORMapper.shared();

    private static final byte LAYOUT = 3;
    private static final int HEADER_BYTES = 2;

    private final byte code;

    MessageKind(int code) {
        this.code = (byte) code;
    }

    /** Encodes a message of this kind. */
    public byte[] encode(Object body) {
        byte[] cbor = CBOR.writeValueAsBytes(body);
        return ByteBuffer.allocate(HEADER_BYTES + cbor.length)
                .put(LAYOUT)
                .put(code)
                .put(cbor)
                .array();
    }

    /** Reads the header of a message; null if this instance does not support the layout or the kind. */
    static @Nullable MessageKind read(InputStream in) throws IOException {
        if (in.read() != LAYOUT) {
            return null;
        }
        int code = in.read();
        for (MessageKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
