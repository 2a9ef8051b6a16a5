package dev.towline.store;

import org.jspecify.annotations.Nullable;

/**
 * One entity was written, and the database has acknowledged it.
 *
 * @param value its new state
 * @param before the state before, null for a creation, or where the writer did not say
 */
public record Change(Entity value, @Nullable Entity before) {

    /** Which entity it was. */
    public EntityKey key() {
        return value.key();
    }
}
