package dev.towline.cache;

import java.util.Locale;

/** The status of a {@link LookupResult}, from the best to the worst. */
public enum CacheStatus {
    /** The entry was within its TTL. */
    HIT,
    /** The entry was past its TTL, and the field allows that. */
    STALE,
    /** The entry was past its TTL, and nothing has changed it. */
    RENEWED,
    /** The cache had no usable entry, so the value was loaded. */
    MISS,
    /** The lookup did not use the cache. */
    BYPASS;

    /** The name in metrics and reports. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
