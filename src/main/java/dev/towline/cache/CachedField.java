package dev.towline.cache;

/**
 * A field with {@code @cache}.
 *
 * @param policy what holds for it here
 */
record CachedField(CachePolicy policy, CacheMetrics metrics) {}
