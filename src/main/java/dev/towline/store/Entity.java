package dev.towline.store;

/** Something stored: an immutable value with a key and a revision. */
public interface Entity {

    /** Which entity this is. */
    EntityKey key();

    /** Which of its successive states this is. */
    Revision revision();

    /** The number of this state: 1 for the first, one more with each write. */
    default int version() {
        return revision().version();
    }

    /** Whether this state is its last: it is never written again. */
    default boolean isLast() {
        return false;
    }
}
