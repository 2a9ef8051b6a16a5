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
    Finding of(@Nullable Kept entry, CachePolicy policy) {
        if (entry == null) {
            return Finding.miss(Tier.STORE, "absent");
        }
        Duration age = age(entry.knownAt());
        boolean isProven = proven.getAsBoolean();
        if (!isProven && age.compareTo(UNPROVEN_LIMIT) > 0) {
            return Finding.miss(Tier.STORE, "unproven");
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
        return Finding.miss(Tier.STORE, "expired");
    }

    /** Whether the entry is as good as one that was just read. */
    boolean isGood(Kept entry, CachePolicy policy) {
        CacheStatus result = of(entry, policy).result();
        return result == CacheStatus.HIT || result == CacheStatus.RENEWED;
    }

    /** What may be done with the entry after a newer one could not be read. */
    Finding afterError(@Nullable Kept entry, CachePolicy policy) {
        if (entry == null || entry.isAbsent()) {
            return Finding.miss(Tier.STORE, "error");
        }
        Duration age = age(entry.knownAt());
        Duration ttl = policy.ttlOf(entry);
        return age.compareTo(ttl.plus(policy.staleOnError())) < 0
                        && !policy.staleOnError().isZero()
                ? found(CacheStatus.STALE, "error", age, ttl)
                : Finding.miss(Tier.STORE, "error");
    }

    private Duration age(Instant knownAt) {
        Duration age = Duration.between(knownAt, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static Finding found(CacheStatus result, @Nullable String reason, Duration age, Duration ttl) {
        Duration remaining = ttl.minus(age);
        return new Finding(result, Tier.L1, reason, age, remaining.isNegative() ? Duration.ZERO : remaining);
    }
}
