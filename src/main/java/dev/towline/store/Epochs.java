package dev.towline.store;

/** The histories of the tables. Thread-safe. */
@FunctionalInterface
public interface Epochs {

    /**
     * An id of the history of a table: a table that was restored from a backup or created anew has another one. This instance learns of a
     * replacement within some seconds, and passes {@link ChangeEvent.Reason#TABLES_REPLACED} then. Never blocks.
     */
    String of(Table<?> table);
}
