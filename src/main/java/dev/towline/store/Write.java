package dev.towline.store;

import org.jspecify.annotations.Nullable;

/**
 * A conditional write of a whole entity.
 *
 * @param table the table of the entity
 * @param value the new state
 * @param before the replaced state, null for a creation or if no stage needs it
 * @param isCreation whether the key must be free; otherwise the stored version must be one less than that of the value
 */
public record Write<T extends Entity>(
        Table<T> table, T value, @Nullable T before, boolean isCreation) {

    /** A creation if the value has version 1, otherwise an update. */
    public Write(Table<T> table, T value, @Nullable T before) {
        this(table, value, before, value.version() == 1);
    }

    /** A creation, or a write without its previous state. */
    public Write(Table<T> table, T value) {
        this(table, value, null);
    }

    /** A creation of an entity that had this version elsewhere, so that its version goes on. */
    public static <T extends Entity> Write<T> moved(Table<T> table, T value) {
        return new Write<>(table, value, null, true);
    }
}
