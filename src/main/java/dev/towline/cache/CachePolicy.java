package dev.towline.cache;

import java.time.Duration;

/**
 * The cache policy of a field: its directive {@code @cache}, with the overrides of the settings. {@link Freshness} applies it.
 *
 * @param field the field as {@code Type.field}
 * @param enabled whether lookups use the cache
 * @param ttl the lifetime of a value
 * @param maxTtl the lifetime of an entity that will never change again, and of a renewed value
 * @param scope the viewers who share an entry
 * @param stale the time after the TTL in which the value is served while one caller loads a newer one; zero for none
 * @param staleOnError the time after the TTL in which the value is served if that load fails; zero for none
 * @param negative the lifetime of an absence; zero if absences are not served from the cache
 * @param renew whether an unchanged value outlives its TTL while the bus is proven
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

    /** The lifetime of an entry, from the time when it was read. */
    Duration ttlOf(CacheEntry entry) {
        if (entry.isAbsent()) {
            return negative;
        }
        return entry.isFinal() ? maxTtl : ttl;
    }
}
