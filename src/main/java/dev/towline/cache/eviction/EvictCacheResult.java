package dev.towline.cache.eviction;

/**
 * What came of an eviction.
 *
 * @param evicted how many entries went, on all these instances together
 * @param instances how many instances have said so, with this one
 */
public record EvictCacheResult(int evicted, int instances) {}
