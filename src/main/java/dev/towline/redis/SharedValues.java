package dev.towline.redis;

import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values that all instances share, each of a version and for a while: an older one never takes the place of a newer one. Blocking,
 * thread-safe; every method throws {@link RedisDown}.
 */
public interface SharedValues {

    /**
     * A value to be shared.
     *
     * @param version not negative
     * @param keptFor from now on, in milliseconds at the finest
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Shared(String key, int version, byte[] value, Duration keptFor) {}

    /** The values of these keys, in their order; null where there is none. One round trip. */
    List<byte @Nullable []> getAll(Tenant tenant, List<String> keys);

    /** Keeps each value unless one of a newer version is there. One round trip. */
    void keep(Tenant tenant, Collection<Shared> values);

    /** Drops the values of these keys. */
    void drop(Tenant tenant, Collection<String> keys);

    /**
     * Holds a word that all instances share, for a while longer, whatever it is.
     *
     * @param proposed what it is to be where there is none
     * @param isAnew whether {@code proposed} is to take the place of whatever it is
     * @return what it is now
     */
    String hold(String name, String proposed, boolean isAnew, Duration keptFor);
}
