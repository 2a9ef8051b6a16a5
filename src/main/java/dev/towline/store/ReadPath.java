package dev.towline.store;

import org.jspecify.annotations.Nullable;

/** How reads by key reach the database at this moment, if a cache such as DAX is configured in front of it. Thread-safe, never blocks. */
@FunctionalInterface
public interface ReadPath {

    /** Why reads go past the cache; null while they go through it. */
    @Nullable
    Bypass bypass();

    /** A reason to read past the cache. */
    enum Bypass {
        /** Changes of other instances may have been missed, or this instance has just started, so the cache may be older than is known. */
        CHANGES_MISSED,
        /** Changes of other instances do not provably arrive. */
        CHANGES_UNPROVEN,
        /** The cache fails or is slow. */
        UNAVAILABLE
    }
}
