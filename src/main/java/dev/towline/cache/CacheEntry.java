package dev.towline.cache;

import java.time.Instant;

/** An entry of the cache. */
interface CacheEntry {

    /** The latest time at which the value was certainly up to date. */
    Instant upToDateAt();

    /** Whether the entry is an absence: no entity was found. */
    boolean isAbsent();

    /** Whether the value will never change again. */
    boolean isFinal();
}
