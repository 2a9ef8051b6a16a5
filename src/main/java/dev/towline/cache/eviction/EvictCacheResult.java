package dev.towline.cache.eviction;

/**
 * The result of an eviction.
 *
 * @param evicted the number of evicted entries on these instances
 * @param instances the number of instances that have confirmed the eviction, including this one
 */
public record EvictCacheResult(int evicted, int instances) {}
