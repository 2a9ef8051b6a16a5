package dev.towline.cache;

import dev.towline.store.Entity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cached entity, or its absence.
 *
 * @param value the entity; null if it did not exist
 * @param upToDateAt the latest time at which this was certainly the newest state
 */
public record EntityEntry(@Nullable Entity value, Instant upToDateAt) implements CacheEntry {

    /** The version of the entity; 0 if it did not exist. */
    public int version() {
        return value == null ? 0 : value.version();
    }

    @Override
    public boolean isAbsent() {
        return value == null;
    }

    @Override
    public boolean isFinal() {
        return value != null && value.isFinal();
    }

    /** Whether its value is this object, and not only an equal one. */
    @SuppressWarnings("ReferenceEquality") // that is what it is about
    boolean isOf(@Nullable Object object) {
        return value == object;
    }
}
