package dev.towline.dynamo;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How instances share what is computed for a field. Only of values whose entities all lie where the value has looked, and that follow from
 * these and from what Redis knows of positions. Thread-safe, does not block.
 */
public interface DerivedCodec {

    /** The field, such as {@code Query.searchVendorsNearby}. */
    String field();

    /** The kind of the entities in its values, such as {@code vendor}. */
    String entity();

    /** The entities in a value. */
    Collection<? extends Entity> entities(Derived value);

    /** The bytes of a value. */
    byte[] encode(Derived value);

    /**
     * What {@link #encode} wrote; null if the layout is one that this instance does not know.
     *
     * @throws RuntimeException if the bytes are not of this codec
     */
    @Nullable
    Derived decode(byte[] bytes);
}
