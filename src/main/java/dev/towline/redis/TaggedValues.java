package dev.towline.redis;

import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that all instances share until one of their tags is invalidated. A tag is any name of something that the value depends on. Values
 * that are being computed during an invalidation cannot be stored afterwards, because the invalidation also ends their lease. Blocking,
 * thread-safe; every method throws {@link RedisDown}.
 */
public interface TaggedValues {

    /**
     * The result of a lookup.
     *
     * @param value the valid value, null if there is none
     * @param lease the right to store a value that is computed after this lookup
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(byte @Nullable [] value, String lease) {}

    /**
     * A value to store.
     *
     * @param tags its tags, at least one
     * @param versions the versions of the entities that it was computed from, by their keys in {@link SharedValues}
     * @param keptFor the lifetime from now, with millisecond precision
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Tagged(byte[] value, Collection<String> tags, Map<String, Integer> versions, Duration keptFor) {}

    /** The value of a key, unless one of its tags was invalidated since it was stored. One round trip. */
    Found find(Tenant tenant, String key);

    /**
     * Stores a value, unless a tag of the tenant was invalidated since {@link #find} returned the lease, or {@link SharedValues} has a
     * newer version of one of its entities. One round trip.
     */
    void keep(Tenant tenant, String key, String lease, Tagged value);

    /** Invalidates all values with any of these tags, and all leases of the tenant. One round trip. */
    void invalidate(Tenant tenant, Collection<String> tags);

    /** Invalidates all tagged values and leases of the tenant. */
    void invalidateAll(Tenant tenant);
}
