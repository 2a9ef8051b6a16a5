package dev.towline.cache;

/** The viewers who share an entry. */
public enum CacheScope {
    /** All viewers of the tenant. The entry is not filtered for one viewer, because the visibility rules run on every value that leaves the cache. */
    PUBLIC,
    /** One viewer only. */
    PRIVATE
}
