package dev.towline.localdax;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries of a bounded total size that end after a time; the least recently used one makes room. DAX promises just that order, and Caffeine
 * has another. Not thread-safe: its owner locks.
 */
final class LruCache<K, V> {

    private final long maximumBytes;
    private final Duration timeToLive;
    private final InstantSource clock;
    private final Counting counting;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param timeToLive zero if entries never expire */
    LruCache(long maximumBytes, Duration timeToLive, InstantSource clock, Counting counting) {
        this.maximumBytes = maximumBytes;
        this.timeToLive = timeToLive;
        this.clock = clock;
        this.counting = counting;
    }

    /** The value, which this makes the most recently used, or null if there is none or it has expired. */
    @Nullable
    V get(K key) {
        Entry<V> entry = entries.get(key);
        if (entry == null) {
            return null;
        }
        if (!timeToLive.isZero() && !clock.instant().isBefore(entry.storedAt.plus(timeToLive))) {
            remove(key);
            return null;
        }
        return entry.value;
    }

    /** Stores the value, whose time begins now. */
    void put(K key, V value, long valueBytes) {
        put(key, value, valueBytes, clock.instant());
    }

    /**
     * Stores the value in place of an older one. A value larger than the whole cache is not stored; it counts as evicted.
     *
     * @param storedAt when its time begins, now or earlier
     */
    void put(K key, V value, long valueBytes, Instant storedAt) {
        remove(key);
        if (valueBytes > maximumBytes) {
            countEvicted(valueBytes);
            return;
        }
        entries.put(key, new Entry<>(value, valueBytes, storedAt));
        bytes += valueBytes;
        var eldestFirst = entries.values().iterator();
        while (bytes > maximumBytes) {
            long evictedBytes = eldestFirst.next().bytes;
            eldestFirst.remove();
            bytes -= evictedBytes;
            countEvicted(evictedBytes);
        }
    }

    void clear() {
        entries.clear();
        bytes = 0;
    }

    /** The total size of the entries, expired ones included as long as nothing asked for them. */
    long bytes() {
        return bytes;
    }

    private void countEvicted(long evictedBytes) {
        counting.add(Metric.EVICTED_ENTRIES, 1);
        counting.add(Metric.EVICTED_SIZE, evictedBytes);
    }

    private void remove(K key) {
        Entry<V> removed = entries.remove(key);
        if (removed != null) {
            bytes -= removed.bytes;
        }
    }

    private record Entry<V>(V value, long bytes, Instant storedAt) {}
}
