package dev.towline.cache;

import dev.towline.store.ComputedValue;
import java.time.Instant;

/**
 * A cached computed value.
 *
 * @param upToDateAt the latest time at which the value was certainly up to date
 */
public record ComputedEntry(ComputedValue value, Instant upToDateAt) implements CacheEntry {

    @Override
    public boolean isAbsent() {
        return false;
    }

    @Override
    public boolean isFinal() {
        return false;
    }

    /** The approximate memory in bytes. The entities take most of it. */
    int weightBytes() {
        return 1_100 + 1_250 * value.madeFrom().size();
    }
}
