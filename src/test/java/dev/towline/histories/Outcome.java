package dev.towline.histories;

/** What a client knows about an operation after its answer, or after none came. */
enum Outcome {
    /** The service answered with data. */
    ACKNOWLEDGED,
    /** The service answered that it has changed nothing, such as {@code CONFLICT}. */
    REFUSED,
    /** A failure or no answer: a write may have been stored or not, and may still be. */
    UNKNOWN
}
