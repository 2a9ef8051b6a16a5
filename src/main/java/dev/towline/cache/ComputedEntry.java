package dev.towline.cache;

import dev.towline.store.ComputedValue;
import java.time.Instant;

/**
 * A cached computed value.
 *
 * @param knownAt the latest time at which the value was certainly up to date
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

    /** The approximate memory in bytes. The entities take most of it. */
    int weightBytes() {
        return 1_100 + 1_250 * value.madeFrom().size();
    }
}
