package dev.towline.store;

/** A stored, immutable value with a key and a revision. */
public interface Entity {

    /** The key of the entity. */
    EntityKey key();

    /** The version of this state and the ids of the writes that led to it. */
    Revision revision();

    /** The number of this state: 1 for the first, incremented by each write. */
    default int version() {
        return revision().version();
    }

    /** Whether this state is final: the entity is never written again. */
    default boolean isFinal() {
        return false;
    }
}
