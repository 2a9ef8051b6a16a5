package dev.towline.cache;

/**
 * What came of an eviction.
 *
 * @param evicted how many entries went, on all these instances together
 * @param instances how many instances have said so, with this one
 */
record EvictCacheResult(int evicted, int instances) {}
