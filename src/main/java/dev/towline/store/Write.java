package dev.towline.store;

import org.jspecify.annotations.Nullable;

/**
 * A conditional write of a whole entity.
 *
 * @param table the table of the entity
 * @param value the new state. Version 1 is a creation, which requires that the key is free; any other version requires that the stored
 *     version is one less
 * @param before the replaced state, null for a creation or if no stage needs it
 */
public record Write<T extends Entity>(
        Table<T> table, T value, @Nullable T before) {

    /** A creation, or a write without its previous state. */
    public Write(Table<T> table, T value) {
        this(table, value, null);
    }
}
