package dev.towline.cache.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The header of every shared value: the generation as 16 bytes of ASCII, and the time as 8 bytes of milliseconds since the epoch.
 *
 * @param generation the id of the generation
 * @param upToDateAt the latest time at which the value was certainly up to date
 */
record SharedHeader(String generation, Instant upToDateAt) {

    private static final int LENGTH = Generation.ID_LENGTH + Long.BYTES;

    /** The encoded header, followed by the body. */
    byte[] before(byte[] body) {
        return ByteBuffer.allocate(LENGTH + body.length)
                .put(generation.getBytes(StandardCharsets.US_ASCII))
                .putLong(upToDateAt.toEpochMilli())
                .put(body)
                .array();
    }

    /** The time in the header of a value; null if there is no value, or it is of another generation. */
    static @Nullable Instant upToDateAt(byte @Nullable [] whole, String generation) {
        return whole != null
                        && whole.length >= LENGTH
                        && generation.equals(new String(whole, 0, Generation.ID_LENGTH, StandardCharsets.US_ASCII))
                ? Instant.ofEpochMilli(ByteBuffer.wrap(whole).getLong(Generation.ID_LENGTH))
                : null;
    }

    /** The body after the header. */
    static byte[] body(byte[] whole) {
        return Arrays.copyOfRange(whole, LENGTH, whole.length);
    }
}
