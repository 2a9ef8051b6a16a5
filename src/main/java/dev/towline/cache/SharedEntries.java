package dev.towline.cache;

import dev.towline.dynamo.Entity;
import dev.towline.dynamo.EntityBytes;
import dev.towline.dynamo.EntityKey;
import dev.towline.redis.SharedValues.Shared;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entries as they are shared: the word of their generation, since when they are known in milliseconds of the epoch, and the entity, or
 * nothing where there was none. Another layout takes other names, so that no instance misreads another's. Thread-safe.
 */
final class SharedEntries {

    private static final String NAMES = "cache:1:";

    /** Carried by what is of use to nobody, and only keeps older values out. */
    private static final String NO_WORD = "-".repeat(Generation.WORD_LENGTH);

    private static final int HEAD_LENGTH = Generation.WORD_LENGTH + Long.BYTES;

    /** Of what is not there: bounded, as anybody can ask for what is not there. */
    private static final Duration ABSENT_RETENTION = Duration.ofSeconds(60);

    private final EntityBytes entities;
    private final Duration retention;

    /** @param retention how long an entity is kept */
    SharedEntries(EntityBytes entities, Duration retention) {
        this.entities = entities;
        this.retention = retention;
    }

    /** What an entity is shared as. */
    static String nameOf(EntityKey key) {
        return NAMES + key.entity() + ':' + key.id();
    }

    /** @param word null: it is to be of use to nobody */
    Shared encode(EntityKey key, Entry entry, @Nullable String word) {
        Entity value = entry.value();
        byte[] entity = value == null || word == null ? new byte[0] : entities.encode(value);
        byte[] whole = ByteBuffer.allocate(HEAD_LENGTH + entity.length)
                .put((word == null ? NO_WORD : word).getBytes(StandardCharsets.US_ASCII))
                .putLong(entry.knownAt().toEpochMilli())
                .put(entity)
                .array();
        Duration keptFor = value == null && retention.compareTo(ABSENT_RETENTION) > 0 ? ABSENT_RETENTION : retention;
        return new Shared(nameOf(key), entry.version(), whole, keptFor);
    }

    /** What {@link #encode} wrote; null if there is nothing, if it is of another generation, or cannot be read. */
    @Nullable
    Entry decode(byte @Nullable [] whole, String word) {
        if (whole == null || whole.length < HEAD_LENGTH) {
            return null;
        }
        if (!word.equals(new String(whole, 0, Generation.WORD_LENGTH, StandardCharsets.US_ASCII))) {
            return null;
        }
        Instant knownAt = Instant.ofEpochMilli(ByteBuffer.wrap(whole).getLong(Generation.WORD_LENGTH));
        if (whole.length == HEAD_LENGTH) {
            return new Entry(null, knownAt);
        }
        try {
            return entities.decode(Arrays.copyOfRange(whole, HEAD_LENGTH, whole.length))
                    .map(entity -> new Entry(entity, knownAt))
                    .orElse(null);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
