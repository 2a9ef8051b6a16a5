package dev.towline.cache;

import java.util.Locale;

/** What a lookup came to. */
public enum CacheStatus {
    /** It was there, and good. */
    HIT,
    /** It was there and past its time, but the field allows it. */
    STALE,
    /** It was there past its TTL, and nothing has happened to it. */
    RENEWED,
    /** It was read from where it is stored. */
    MISS,
    /** The cache was not asked. */
    BYPASS;

    /** As metrics and reports write it. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
