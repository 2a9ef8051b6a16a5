package dev.towline.change;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a message between instances is about: a byte for the layout of all of them, then one for this. */
public enum MessageKind {
    /** Something was written. */
    CHANGES(1),
    /** Somebody wants something to be forgotten. */
    EVICT(2),
    /** It is forgotten. */
    EVICTED(3);

    private static final int LAYOUT = 2;

    private final int code;

    MessageKind(int code) {
        this.code = code;
    }

    /** Writes what a message of this kind begins with. */
    public void begin(DataOutputStream out) throws IOException {
        out.writeByte(LAYOUT);
        out.writeByte(code);
    }

    /** Reads what a message begins with; null if this instance does not know it. */
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
