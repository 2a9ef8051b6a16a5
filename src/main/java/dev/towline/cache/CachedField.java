package dev.towline.cache;

/**
 * A field with {@code @cache}.
 *
 * @param policy what holds for it here
 * @param cache where it looks first
 */
record CachedField(CachePolicy policy, EntityCache cache, CacheMetrics metrics) {}
