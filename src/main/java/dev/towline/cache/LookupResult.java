package dev.towline.cache;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a lookup came to, and why. The report and the metrics call the status {@code result}.
 *
 * @param reason why it was no plain hit, null where the status says it all
 * @param age since the value was surely the newest, null where it was just read
 * @param remaining how much longer it is good, null where it is not kept; not negative
 */
public record LookupResult(
        CacheStatus status,
        Tier tier,
        @Nullable String reason,
        @Nullable Duration age,
        @Nullable Duration remaining) {

    /** Another lookup of the same request has loaded the key. */
    static final LookupResult REPEATED = new LookupResult(CacheStatus.HIT, Tier.REQUEST, null, null, null);

    /** Nothing was found that may be served. */
    public static LookupResult miss(Tier tier, String reason) {
        return new LookupResult(CacheStatus.MISS, tier, reason, null, null);
    }

    /** The cache was not asked. */
    static LookupResult bypass(String reason) {
        return new LookupResult(CacheStatus.BYPASS, Tier.STORE, reason, null, null);
    }

    /** The same from another tier. */
    LookupResult in(Tier other) {
        return new LookupResult(status, other, reason, age, remaining);
    }

    /** Whether the entry is as good as one that was just read. */
    boolean isGood() {
        return status == CacheStatus.HIT || status == CacheStatus.RENEWED;
    }

    /** Whether the entry may be served. */
    boolean serves() {
        return status != CacheStatus.MISS && status != CacheStatus.BYPASS;
    }
}
