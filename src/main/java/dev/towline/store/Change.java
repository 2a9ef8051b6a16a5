package dev.towline.store;

import org.jspecify.annotations.Nullable;

/**
 * An acknowledged write of one entity.
 *
 * @param value the new state
 * @param before the previous state, null for a creation or if the writer did not pass it
 */
public record Change(Entity value, @Nullable Entity before) {

    /** The key of the written entity. */
    public EntityKey key() {
        return value.key();
    }
}
