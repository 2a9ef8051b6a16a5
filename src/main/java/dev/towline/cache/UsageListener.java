package dev.towline.cache;

import dev.towline.store.EntityKey;

/** Receives each entity that a cached field was answered with. Thread-safe, does not block. */
@FunctionalInterface
public interface UsageListener {

    void used(EntityKey key);
}
