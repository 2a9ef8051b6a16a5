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
 * The format of shared entities: a {@link SharedHeader} and the entity, or no bytes for an absence. If the format changes, change the
 * prefix of the keys as well, because instances of different versions share them.
 * Thread-safe.
 */
final class SharedEntityFormat {

    static final String NAMES = "cache:1:";

    /** The generation of a tombstone: no instance uses its value, and it only blocks older versions. */
    private static final String TOMBSTONE = "-".repeat(Generation.ID_LENGTH);

    /** The lifetime of an absence. It is short, because clients can ask for any number of absent ids. */
    private static final Duration ABSENT_RETENTION = Duration.ofSeconds(60);

    private final EntityBytes entities;
    private final Duration retention;

    /** @param retention the lifetime of an entity in Redis */
    SharedEntityFormat(EntityBytes entities, Duration retention) {
        this.entities = entities;
        this.retention = retention;
    }

    /** The Redis key of an entity, without the common prefix. */
    static String nameOf(EntityKey key) {
        return NAMES + key.entity() + ':' + key.id();
    }

    /** @param generation the id of the generation; null for a tombstone */
    Shared encode(EntityKey key, EntityEntry entry, @Nullable String generation) {
        Entity value = entry.value();
        byte[] entity = value == null || generation == null ? new byte[0] : entities.encode(value);
        byte[] whole = new SharedHeader(generation == null ? TOMBSTONE : generation, entry.upToDateAt()).before(entity);
        Duration keptFor = value == null && retention.compareTo(ABSENT_RETENTION) > 0 ? ABSENT_RETENTION : retention;
        return new Shared(nameOf(key), entry.version(), whole, keptFor);
    }

    /** Decodes the result of {@link #encode}; null if there is none, or if it is of another generation or cannot be decoded. */
    @Nullable
    EntityEntry decode(byte @Nullable [] whole, String generation) {
        Instant upToDateAt = SharedHeader.upToDateAt(whole, generation);
        if (whole == null || upToDateAt == null) {
            return null;
        }
        byte[] body = SharedHeader.body(whole);
        if (body.length == 0) {
            return new EntityEntry(null, upToDateAt);
        }
        try {
            return entities.decode(body)
                    .map(entity -> new EntityEntry(entity, upToDateAt))
                    .orElse(null);
        } catch (RuntimeException e) {
            return null;
        }
    }
}
