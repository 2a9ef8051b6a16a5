package dev.towline.localdax;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Brings what one node wrote to the item caches of the others, late. Thread-safe. */
final class Replication {

    private final Duration delay;
    private final InstantSource clock;
    private final List<ItemCache> caches = new CopyOnWriteArrayList<>();

    Replication(Duration delay, InstantSource clock) {
        this.delay = delay;
        this.clock = clock;
    }

    /** From now on the cache is told what others write. */
    void join(ItemCache cache) {
        caches.add(cache);
    }

    void leave(ItemCache cache) {
        caches.remove(cache);
    }

    void publish(ItemCache from, ItemKey key, ItemCache.Entry written) {
        caches.stream()
                .filter(cache -> cache != from)
                .forEach(cache -> cache.receive(key, written, clock.instant().plus(delay)));
    }
}
