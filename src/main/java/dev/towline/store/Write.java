package dev.towline.store;

import org.jspecify.annotations.Nullable;

/**
 * One conditional write of a whole entity.
 *
 * @param table where
 * @param value the new state. Revision 1 is a creation and asks that the key is free; any other asks that the stored version is
 *     one less
 * @param before the state that it replaces, null for a creation, or where nobody who hears of the write needs it
 */
public record Write<T extends Entity>(
        Table<T> table, T value, @Nullable T before) {

    /** A creation, or a write whose listeners need not know what was before. */
    public Write(Table<T> table, T value) {
        this(table, value, null);
    }
}
