package dev.towline.cache;

import com.github.benmanes.caffeine.cache.Cache;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The size of a memory.
 *
 * @param entries the number of entries
 * @param weightBytes the estimated memory of the entries, in bytes
 */
public record MemorySize(long entries, long weightBytes) {

    public static final MemorySize NOTHING = new MemorySize(0, 0);

    /** The sum of two sizes. */
    public MemorySize plus(MemorySize other) {
        return new MemorySize(entries + other.entries, weightBytes + other.weightBytes);
    }

    /** The size of a cache that is bounded by weight. */
    public static MemorySize of(Cache<?, ?> cache) {
        cache.cleanUp();
        long weightBytes =
                cache.policy().eviction().orElseThrow().weightedSize().orElse(0);
        return new MemorySize(cache.estimatedSize(), weightBytes);
    }

    /**
     * The sizes of the parts of a cache: the entries with the same name belong together. Takes time in proportion to the number of entries.
     */
    static <K> Map<String, MemorySize> byName(Cache<K, ?> cache, Function<K, String> name) {
        Map<String, MemorySize> sizes = new TreeMap<>();
        for (K key : cache.asMap().keySet()) {
            var entry = cache.policy().getEntryIfPresentQuietly(key);
            if (entry != null) {
                sizes.merge(name.apply(key), new MemorySize(1, entry.weight()), MemorySize::plus);
            }
        }
        return sizes;
    }
}
