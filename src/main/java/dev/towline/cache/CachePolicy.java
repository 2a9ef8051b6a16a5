package dev.towline.cache;

import java.time.Duration;

/**
 * What {@code @cache} says of a field, with what the settings say otherwise.
 *
 * @param field the field as {@code Type.field}
 * @param enabled false: every lookup goes past the cache
 * @param ttl how long a value is good
 * @param maxTtl how long one is good that will never change again, or that is renewed
 * @param scope who shares it
 * @param stale how much longer it is served while one caller looks for a newer one; zero: not at all
 * @param staleOnError how long after its TTL it is served where looking for a newer one fails; zero: not at all
 * @param negative how long it is remembered that there is nothing; zero: not at all
 * @param renew whether an entry that nothing has happened to lives on past its TTL while the bus is proven
 */
public record CachePolicy(
        String field,
        boolean enabled,
        Duration ttl,
        Duration maxTtl,
        CacheScope scope,
        Duration stale,
        Duration staleOnError,
        Duration negative,
        boolean renew) {

    /** How long this entry is good from when it was read. */
    Duration ttlOf(CacheEntry entry) {
        if (entry.isAbsent()) {
            return negative;
        }
        return entry.isLast() ? maxTtl : ttl;
    }

    /** The longest that an entry may be of any use to this field. */
    Duration longestUse() {
        Duration past = stale.compareTo(staleOnError) > 0 ? stale : staleOnError;
        return maxTtl.plus(past);
    }
}
