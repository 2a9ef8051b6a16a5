package dev.towline.cache.shared;

import dev.towline.cache.EntityEntry;
import dev.towline.redis.SharedValues.Shared;
import dev.towline.store.Entity;
import dev.towline.store.EntityBytes;
import dev.towline.store.EntityKey;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * EntityEntries as they are shared: a {@link SharedHeader} and the entity, or nothing where there was none. Another layout, also of the entities in {@link SharedComputedValues}, takes other names, so that no instance misreads another's. Thread-safe.
 */
final class SharedEntityFormat {

    static final String NAMES = "cache:1:";

    /** Carried by what is of use to nobody, and only keeps older values out. */
    private static final String NO_WORD = "-".repeat(Generation.WORD_LENGTH);

    /** Of what is not there: bounded, as anybody can ask for what is not there. */
    private static final Duration ABSENT_RETENTION = Duration.ofSeconds(60);

    private final EntityBytes entities;
    private final Duration retention;

    /** @param retention how long an entity is kept */
    SharedEntityFormat(EntityBytes entities, Duration retention) {
        this.entities = entities;
        this.retention = retention;
    }

    /** What an entity is shared as. */
    static String nameOf(EntityKey key) {
        return NAMES + key.entity() + ':' + key.id();
    }

    /** @param word null: it is to be of use to nobody */
    Shared encode(EntityKey key, EntityEntry entry, @Nullable String word) {
        Entity value = entry.value();
        byte[] entity = value == null || word == null ? new byte[0] : entities.encode(value);
        byte[] whole = new SharedHeader(word == null ? NO_WORD : word, entry.knownAt()).before(entity);
        Duration keptFor = value == null && retention.compareTo(ABSENT_RETENTION) > 0 ? ABSENT_RETENTION : retention;
        return new Shared(nameOf(key), entry.version(), whole, keptFor);
    }

    /** What {@link #encode} wrote; null if there is nothing, if it is of another generation, or cannot be read. */
    @Nullable
    EntityEntry decode(byte @Nullable [] whole, String word) {
        Instant knownAt = SharedHeader.knownAt(whole, word);
        if (whole == null || knownAt == null) {
            return null;
        }
        byte[] body = SharedHeader.body(whole);
        if (body.length == 0) {
            return new EntityEntry(null, knownAt);
        }
        try {
            return entities.decode(body)
                    .map(entity -> new EntityEntry(entity, knownAt))
                    .orElse(null);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
