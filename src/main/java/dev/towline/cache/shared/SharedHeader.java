package dev.towline.cache.shared;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is in front of everything that instances share.
 *
 * @param word of the generation
 * @param knownAt when it was surely the newest, in milliseconds of the epoch as it is shared
 */
record SharedHeader(String word, Instant knownAt) {

    private static final int LENGTH = Generation.WORD_LENGTH + Long.BYTES;

    /** This in front of what is shared. */
    byte[] before(byte[] body) {
        return ByteBuffer.allocate(LENGTH + body.length)
                .put(word.getBytes(StandardCharsets.US_ASCII))
                .putLong(knownAt.toEpochMilli())
                .put(body)
                .array();
    }

    /** Since when it is known; null if there is nothing, or it is of another generation. */
    static @Nullable Instant knownAt(byte @Nullable [] whole, String word) {
        return whole != null
                        && whole.length >= LENGTH
                        && word.equals(new String(whole, 0, Generation.WORD_LENGTH, StandardCharsets.US_ASCII))
                ? Instant.ofEpochMilli(ByteBuffer.wrap(whole).getLong(Generation.WORD_LENGTH))
                : null;
    }

    /** What is behind the head. */
    static byte[] body(byte[] whole) {
        return Arrays.copyOfRange(whole, LENGTH, whole.length);
    }
}
