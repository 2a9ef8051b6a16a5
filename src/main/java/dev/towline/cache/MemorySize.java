package dev.towline.cache;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The size of a cache in memory, or of a part of it.
 *
 * @param entries the number of entries
 * @param weightBytes the memory that they take, estimated
 */
public record MemorySize(long entries, long weightBytes) {

    public static final MemorySize NOTHING = new MemorySize(0, 0);

    public MemorySize and(MemorySize other) {
        return new MemorySize(entries + other.entries, weightBytes + other.weightBytes);
    }

    /** The size of a cache that is bounded by weight. */
    static MemorySize of(Cache<?, ?> cache) {
        cache.cleanUp();
        long weightBytes =
                cache.policy().eviction().orElseThrow().weightedSize().orElse(0);
        return new MemorySize(cache.estimatedSize(), weightBytes);
    }

    /** The sizes of its parts, each with the entries whose keys have the same name. Takes time in proportion to the entries. */
    static <K> Map<String, MemorySize> byName(Cache<K, ?> cache, Function<K, String> name) {
        Map<String, MemorySize> sizes = new TreeMap<>();
        for (K key : cache.asMap().keySet()) {
            var entry = cache.policy().getEntryIfPresentQuietly(key);
            if (entry != null) {
                sizes.merge(name.apply(key), new MemorySize(1, entry.weight()), MemorySize::and);
            }
        }
        return sizes;
    }
}
