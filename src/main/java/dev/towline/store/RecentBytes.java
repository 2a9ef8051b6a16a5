package dev.towline.store;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of entities that were encoded last. A write is encoded for the cache, for its weight in memory, and for the other instances,
 * within a moment. An entity has one place, where the next one with the same place displaces it: that costs less than to keep an order, and
 * an entity that was displaced too early is only encoded again. Thread-safe, does not block.
 */
final class RecentBytes {

    /** A power of 2, and the number of entities that are kept from the garbage collector: items have at most 400 kB, and mostly less than one. */
    static final int PLACES = 64;

    private final AtomicReferenceArray<@Nullable Encoded> places = new AtomicReferenceArray<>(PLACES);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Encoded(Entity entity, byte[] bytes) {}

    /** The bytes of this very object, null if they are not known any more. */
    @SuppressWarnings("ReferenceEquality") // to compare the contents would cost as much as to encode them
    byte @Nullable [] of(Entity entity) {
        Encoded known = places.get(place(entity));
        return known != null && known.entity == entity ? known.bytes : null;
    }

    void put(Entity entity, byte[] bytes) {
        places.set(place(entity), new Encoded(entity, bytes));
    }

    private static int place(Entity entity) {
        return System.identityHashCode(entity) & (PLACES - 1);
    }
}
