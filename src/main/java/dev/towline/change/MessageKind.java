package dev.towline.change;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The kind of a message between instances. The header is one byte for the layout of all messages and one for the kind. */
public enum MessageKind {
    /** The changes of a write. */
    CHANGES(1),
    /** A request to evict cache entries. */
    EVICT(2),
    /** The confirmation of an eviction. */
    EVICTED(3);

    private static final int LAYOUT = 2;

    private final int code;

    MessageKind(int code) {
        this.code = code;
    }

    /** Writes the header of a message of this kind. */
    public void begin(DataOutputStream out) throws IOException {
        out.writeByte(LAYOUT);
        out.writeByte(code);
    }

    /** Reads the header of a message; null if this instance does not support the layout or the kind. */
    static @Nullable MessageKind read(DataInputStream in) throws IOException {
        if (in.readUnsignedByte() != LAYOUT) {
            return null;
        }
        int code = in.readUnsignedByte();
        for (MessageKind kind : values()) {
            if (kind.code == code) {
                return kind;
            }
        }
        return null;
    }
}
