package dev.towline.coherence;

/** Why something may not have been heard. */
public enum Miss {
    /** A publisher's sequence has a hole, a frame could not be read, or nobody listened for a while. */
    GAP,
    /** What was said before this instance began to listen, or before it first heard of a publisher. */
    BEFORE,
    /** A publisher fell silent without a goodbye. */
    SILENCE,
    /** Redis is another one than before, or was started again. */
    REDIS_CHANGED
}
