package dev.towline.store;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The binary format in which instances share the computed values of a field. A value qualifies if it depends only on the entities in its
 * searched area and on the position index in Redis. Thread-safe, does not block.
 */
public interface ComputedValueCodec {

    /** The type of the values. */
    Class<? extends ComputedValue> type();

    /** The version of the format. It must also change when the same arguments get another meaning, such as another default. */
    int layout();

    /** The kind of the entities in the values, such as {@code vendor}. */
    String entity();

    /** The entities in a value. */
    Collection<? extends Entity> entities(ComputedValue value);

    /** Whether values that this instance computes now are certainly up to date. While not, it does not use shared values either. */
    boolean isReady();

    /** Encodes a value. */
    byte[] encode(ComputedValue value);

    /**
     * Decodes the bytes from {@link #encode}; null if an entity has a layout that this instance does not support.
     *
     * @throws RuntimeException if the bytes do not have this layout
     */
    @Nullable
    ComputedValue decode(byte[] bytes);
}
