package dev.towline.cache;

import dev.towline.store.ComputedValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cached computed value.
 *
 * @param upToDateAt the latest time at which the value was certainly up to date
 */
public record ComputedEntry(ComputedValue value, Instant upToDateAt) implements CacheEntry {

    private static final int BASE_BYTES = 1_100;
    private static final int BYTES_PER_ENTITY = 1_250;

    @Override
    public boolean isAbsent() {
        return false;
    }

    @Override
    public boolean isFinal() {
        return false;
    }

    /** The approximate memory in bytes. */
    int weightBytes() {
        return BASE_BYTES + BYTES_PER_ENTITY * value.madeFrom().size();
    }

    /** Whether its value is this object, and not only an equal one. */
    @SuppressWarnings("ReferenceEquality") // that is what it is about
    boolean isOf(@Nullable Object object) {
        return value == object;
    }
}
