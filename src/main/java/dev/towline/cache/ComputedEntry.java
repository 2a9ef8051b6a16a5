package dev.towline.cache;

import dev.towline.store.ComputedValue;
import java.time.Instant;

/**
 * A computed value as it was at a moment.
 *
 * @param knownAt when this was surely the newest state
 */
public record ComputedEntry(ComputedValue value, Instant knownAt) implements CacheEntry {

    @Override
    public boolean isAbsent() {
        return false;
    }

    @Override
    public boolean isLast() {
        return false;
    }

    /** About what it takes: mostly the entities in it. */
    int weightBytes() {
        return 1_100 + 1_250 * value.madeFrom().size();
    }
}
