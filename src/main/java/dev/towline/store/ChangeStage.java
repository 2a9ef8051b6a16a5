package dev.towline.store;

/**
 * A stage that every change passes, local or remote. Implementations are beans and thread-safe. If a stage throws, the exception is logged
 * and the later stages run.
 */
public interface ChangeStage {

    /**
     * The stages in the order in which an event passes them. Caches come before subscribers, so that a query after a live update never
     * returns an older state (decision 0013).
     */
    enum Stage {
        /** The position indexes in memory and in Redis. */
        INDEX,
        /** The cache tier in Redis. */
        SHARED,
        /** The cache tier in the memory of this instance. */
        LOCAL,
        /** The live subscribers of this instance. */
        LIVE,
        /** The message to the other instances. */
        BUS
    }

    /** The position of this stage in the order. */
    Stage stage();

    /**
     * Handles an event. For a local write it runs on the caller's thread, after the database has acknowledged the write and before the
     * caller gets the answer, so it delays the answer. For a remote write it runs on the thread that receives bus messages, which must not
     * block for long. Events of concurrent writes may arrive in another order than their versions.
     */
    void pass(ChangeEvent event);
}
