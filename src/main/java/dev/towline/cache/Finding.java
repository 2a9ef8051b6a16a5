package dev.towline.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a lookup came to, and why.
 *
 * @param reason why it was no plain hit, null where the result says it all
 * @param age since the value was surely the newest, null where it was just read
 * @param remaining how much longer it is good, null where it is not kept; not negative
 */
record Finding(
        CacheStatus result,
        Tier tier,
        @Nullable String reason,
        @Nullable Duration age,
        @Nullable Duration remaining) {

    /** Nothing was found that may be served. */
    static Finding miss(Tier tier, String reason) {
        return new Finding(CacheStatus.MISS, tier, reason, null, null);
    }

    /** The cache was not asked. */
    static Finding bypass(String reason) {
        return new Finding(CacheStatus.BYPASS, Tier.STORE, reason, null, null);
    }

    /** The same from another tier. */
    Finding in(Tier other) {
        return new Finding(result, other, reason, age, remaining);
    }

    /** Whether an entry may be served. */
    boolean serves() {
        return result != CacheStatus.MISS && result != CacheStatus.BYPASS;
    }
}
