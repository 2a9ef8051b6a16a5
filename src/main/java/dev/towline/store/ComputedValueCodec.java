package dev.towline.store;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * How instances share what is computed for a field. Only of values whose entities all lie where the value has looked, and that follow from
 * these and from what Redis knows of positions. Thread-safe, does not block.
 */
public interface ComputedValueCodec {

    /** What its values are. */
    Class<? extends ComputedValue> type();

    /** The layout of the bytes. It is another one also where the same arguments mean something else, as by another default. */
    int layout();

    /** The kind of the entities in its values, such as {@code vendor}. */
    String entity();

    /** The entities in a value. */
    Collection<? extends Entity> entities(ComputedValue value);

    /** Whether this instance knows what it computes now to be up to date. While it does not, it uses nothing that others have computed either. */
    boolean isReady();

    /** The bytes of a value. */
    byte[] encode(ComputedValue value);

    /**
     * What {@link #encode} wrote; null if an entity is of a layout that this instance does not know.
     *
     * @throws RuntimeException if the bytes are not of this layout
     */
    @Nullable
    ComputedValue decode(byte[] bytes);
}
