package dev.towline.cache;

import dev.towline.store.ChangeFeed;
import dev.towline.store.EntityKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Decides how an entry may be used. It has the rules about age; {@link EntityCache} also rejects entries that are older than a
 * version which the client has seen. Their meaning for clients is in {@code infra-notes/cache.md}, and {@link CachePolicy} has the durations. The age of an entry counts from {@link CacheEntry#upToDateAt}. The first
 * rule that matches decides:
 *
 * <ol>
 * <li><em>Unproven limit</em>: while the bus is unproven for what the entry was made from, this instance may miss writes of other instances.
 * An entry older than 1 s is a miss then.
 * <li><em>TTL</em>: an entry younger than its TTL is a hit. The TTL of an entity that will never change is {@code maxTtlSeconds}, the TTL
 * of an absence is {@code negativeSeconds}.
 * <li><em>Renew</em>: if the field has {@code renew} and the bus is proven, an entry younger than {@code maxTtlSeconds} is renewed. No
 * write has changed it, because a write removes or replaces the entry.
 * <li><em>Stale</em>: for {@code staleSeconds} after its TTL, the entry is served stale while one caller loads a newer one.
 * <li>An older entry is a miss.
 * </ol>
 *
 * <p><em>Stale on error</em> applies after a load has failed: for {@code staleOnErrorSeconds} after its TTL, the entry is served stale,
 * even while the bus is unproven. An absence is never served stale or renewed.
 *
 * @param clock the clock for ages
 * @param feed whether this instance surely receives the writes of the others
 */
record Freshness(InstantSource clock, ChangeFeed feed) {

    /** The maximum age of an entry while the bus is unproven. Stale on error ignores this limit. */
    static final Duration UNPROVEN_LIMIT = Duration.ofSeconds(1);

    /**
     * The lookup result for a computed value, unless a load of a newer one has failed. Any entity may be among those that it was made from.
     *
     * @param entry the entry, null if there is none
     */
    LookupResult of(@Nullable CacheEntry entry, CachePolicy policy) {
        return of(entry, policy, feed.isProven());
    }

    /**
     * The lookup result for an entity, unless a load of a newer one has failed.
     *
     * @param entry the entry, null if there is none
     */
    LookupResult of(EntityKey key, @Nullable CacheEntry entry, CachePolicy policy) {
        return of(entry, policy, feed.isProven(key));
    }

    private LookupResult of(@Nullable CacheEntry entry, CachePolicy policy, boolean isProven) {
        if (entry == null) {
            return LookupResult.miss(Tier.STORE, "absent");
        }
        Duration age = age(entry.upToDateAt());
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

    /** Whether the entry of a computed value is a hit or renewed. */
    boolean isGood(CacheEntry entry, CachePolicy policy) {
        return of(entry, policy).isGood();
    }

    /** Whether the entry of an entity is a hit or renewed. */
    boolean isGood(EntityKey key, CacheEntry entry, CachePolicy policy) {
        return of(key, entry, policy).isGood();
    }

    /** The lookup result for an entry after a load of a newer one failed. */
    LookupResult afterError(@Nullable CacheEntry entry, CachePolicy policy) {
        if (entry == null || entry.isAbsent()) {
            return LookupResult.miss(Tier.STORE, "error");
        }
        Duration age = age(entry.upToDateAt());
        Duration ttl = policy.ttlOf(entry);
        return age.compareTo(ttl.plus(policy.staleOnError())) < 0
                        && !policy.staleOnError().isZero()
                ? found(CacheStatus.STALE, "error", age, ttl)
                : LookupResult.miss(Tier.STORE, "error");
    }

    private Duration age(Instant upToDateAt) {
        Duration age = Duration.between(upToDateAt, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private static LookupResult found(CacheStatus result, @Nullable String reason, Duration age, Duration ttl) {
        Duration remaining = ttl.minus(age);
        return new LookupResult(result, Tier.L1, reason, age, remaining.isNegative() ? Duration.ZERO : remaining);
    }
}
