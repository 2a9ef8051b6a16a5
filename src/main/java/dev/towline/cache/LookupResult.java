package dev.towline.cache;

import dev.towline.store.ComputedValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of a lookup, and its reason. Metrics and the report call the status {@code result}.
 *
 * @param reason why the lookup was not a plain hit, null if the status says it all
 * @param age the time since the value was certainly the newest, null if it was just loaded
 * @param remaining the time until its TTL ends, not negative; null if it is not stored
 */
public record LookupResult(
        CacheStatus status,
        Tier tier,
        @Nullable String reason,
        @Nullable Duration age,
        @Nullable Duration remaining) {

    /** An earlier lookup of the same request loaded the key. */
    static final LookupResult REPEATED = new LookupResult(CacheStatus.HIT, Tier.REQUEST, null, null, null);

    /** No entry may be served. */
    public static LookupResult miss(Tier tier, String reason) {
        return new LookupResult(CacheStatus.MISS, tier, reason, null, null);
    }

    /** The lookup did not use the cache. */
    static LookupResult bypass(String reason) {
        return new LookupResult(CacheStatus.BYPASS, Tier.STORE, reason, null, null);
    }

    /** The result for a value that was computed now: stale if it was made from the last known state, otherwise this one. */
    LookupResult of(ComputedValue computed) {
        Duration age = computed.lastKnownAge();
        return age == null ? this : new LookupResult(CacheStatus.STALE, Tier.STORE, "last-known", age, null);
    }

    /** The same result with another tier. */
    LookupResult in(Tier other) {
        return new LookupResult(status, other, reason, age, remaining);
    }

    /** Whether the entry is a hit or renewed, so that no load is necessary. */
    public boolean isGood() {
        return status == CacheStatus.HIT || status == CacheStatus.RENEWED;
    }

    /** Whether the entry may be served. */
    boolean serves() {
        return status != CacheStatus.MISS && status != CacheStatus.BYPASS;
    }
}
