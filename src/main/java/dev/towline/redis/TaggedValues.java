package dev.towline.redis;

import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values that all instances share for as long as nothing has happened to what they depend on. What they depend on are tags, of any name;
 * whoever changes something strikes out its tags, and with them goes every value kept with one of them, also what somebody is just making
 * from the state before. Blocking, thread-safe; every method throws {@link RedisDown}.
 */
public interface TaggedValues {

    /**
     * What a look has found.
     *
     * @param value null: nothing of use
     * @param lease stands for this moment: to be handed over with a value that is made from now on
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Found(byte @Nullable [] value, String lease) {}

    /**
     * A value to be shared.
     *
     * @param tags what it depends on, at least one
     * @param versions of what it was made from, by the keys of {@link SharedValues}
     * @param keptFor from now on, in milliseconds at the finest
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Tagged(byte[] value, Collection<String> tags, Map<String, Integer> versions, Duration keptFor) {}

    /** The value of a key, unless one of its tags was struck out since it was kept. One round trip. */
    Found find(Tenant tenant, String key);

    /**
     * Keeps a value, unless any tag of the tenant was struck out since {@link #find} gave the lease, or a newer version of what it was
     * made from is shared: it may have been read where it is known only later. One round trip.
     */
    void keep(Tenant tenant, String key, String lease, Tagged value);

    /** What depends on any of these tags is of no use from now on. One round trip. */
    void invalidate(Tenant tenant, Collection<String> tags);

    /** Nothing that is shared of the tenant is of use from now on. */
    void invalidateAll(Tenant tenant);
}
