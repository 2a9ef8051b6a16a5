package dev.towline.redis;

import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Versioned values with a lifetime that all instances share. An older version never replaces a newer one. Blocking, thread-safe; every
 * method throws {@link RedisDown}.
 */
public interface SharedValues {

    /**
     * A value to store.
     *
     * @param version not negative
     * @param keptFor the lifetime from now, with millisecond precision
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Shared(String key, int version, byte[] value, Duration keptFor) {}

    /** The values of these keys, in their order; null for a key without a value. One round trip. */
    List<byte @Nullable []> getAll(Tenant tenant, List<String> keys);

    /** Stores each value unless a newer version is stored. One round trip. */
    void keep(Tenant tenant, Collection<Shared> values);

    /** Deletes the values of these keys. */
    void drop(Tenant tenant, Collection<String> keys);

    /**
     * Reads a text that all instances share and extends its lifetime. It is created if absent.
     *
     * @param proposed the text to create
     * @param isAnew whether {@code proposed} replaces an existing text
     * @param keptFor the lifetime from now
     * @return the current text
     */
    String hold(String name, String proposed, boolean isAnew, Duration keptFor);
}
