package dev.towline.cache;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides what an entry is still good for.
 *
 * @param clock gives ages
 * @param proven whether the other instances' writes are known to arrive here
 */
record Freshness(InstantSource clock, BooleanSupplier proven) {

    /** While the bus is unproven, nothing older is served: the design's promise (d). */
    static final Duration UNPROVEN_LIMIT = Duration.ofSeconds(1);

    /** What may be done with the entry, null if there is none, for a field. */
    LookupResult of(@Nullable CacheEntry entry, CachePolicy policy) {
        if (entry == null) {
            return LookupResult.miss(Tier.STORE, "absent");
        }
        Duration age = age(entry.knownAt());
        boolean isProven = proven.getAsBoolean();
        if (!isProven && age.compareTo(UNPROVEN_LIMIT) > 0) {
            return LookupResult.miss(Tier.STORE, "unproven");
        }
        Duration ttl = policy.ttlOf(entry);
        if (age.compareTo(ttl) < 0) {
            return found(CacheStatus.HIT, null, age, ttl);
        }
        if (policy.renew() && isProven && !entry.isAbsent() && age.compareTo(policy.maxTtl()) < 0) {
            return found(CacheStatus.RENEWED, null, age, policy.maxTtl());
        }
        if (!entry.isAbsent() && age.compareTo(ttl.plus(policy.stale())) < 0) {
            return found(CacheStatus.STALE, "revalidating", age, ttl);
        }
        return LookupResult.miss(Tier.STORE, "expired");
    }

    /** Whether the entry is as good as one that was just read. */
    boolean isGood(CacheEntry entry, CachePolicy policy) {
        return of(entry, policy).isGood();
    }

    /** What may be done with the entry after a newer one could not be read. */
    LookupResult afterError(@Nullable CacheEntry entry, CachePolicy policy) {
        if (entry == null || entry.isAbsent()) {
            return LookupResult.miss(Tier.STORE, "error");
        }
        Duration age = age(entry.knownAt());
        Duration ttl = policy.ttlOf(entry);
        return age.compareTo(ttl.plus(policy.staleOnError())) < 0
                        && !policy.staleOnError().isZero()
                ? found(CacheStatus.STALE, "error", age, ttl)
                : LookupResult.miss(Tier.STORE, "error");
    }

    private Duration age(Instant knownAt) {
        Duration age = Duration.between(knownAt, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static LookupResult found(CacheStatus result, @Nullable String reason, Duration age, Duration ttl) {
        Duration remaining = ttl.minus(age);
        return new LookupResult(result, Tier.L1, reason, age, remaining.isNegative() ? Duration.ZERO : remaining);
    }
}
