package dev.towline.cache;

import dev.towline.store.Entity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entity as it was at a moment.
 *
 * @param value null: there was none
 * @param knownAt when this was surely the newest state
 */
public record EntityEntry(@Nullable Entity value, Instant knownAt) implements CacheEntry {

    /** 0 if there was none. */
    public int version() {
        return value == null ? 0 : value.version();
    }

    @Override
    public boolean isAbsent() {
        return value == null;
    }

    @Override
    public boolean isLast() {
        return value != null && value.isLast();
    }
}
