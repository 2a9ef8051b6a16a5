package dev.towline.cache;

import java.time.Instant;

/** Something that is remembered. */
interface CacheEntry {

    /** When this was surely the newest state. */
    Instant knownAt();

    /** Whether it says that there is nothing. */
    boolean isAbsent();

    /** Whether it will never change again. */
    boolean isLast();
}
