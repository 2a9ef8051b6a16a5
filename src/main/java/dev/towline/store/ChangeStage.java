package dev.towline.store;

/**
 * A stage that every change passes, whoever wrote it. Implementations are beans and thread-safe; one that fails is logged and stops
 * none of those after it.
 */
public interface ChangeStage {

    /** The stages in the order in which an event passes them: whoever watches is told after the caches know. */
    enum Stage {
        /** Indexes of positions. */
        INDEX,
        /** What instances share in Redis. */
        SHARED,
        /** What this instance remembers. */
        LOCAL,
        /** Those who watch, on this instance. */
        LIVE,
        /** The other instances. */
        BUS
    }

    /** Where in the order this one stands. */
    Stage stage();

    /**
     * Takes an event in. Of a local write it is called after the database has acknowledged it and before its caller is answered, on the
     * caller's thread: what is done here delays the answer. Of a write of another instance it is called on the thread that hears the
     * bus, which must not block for long. Writes of different threads may arrive in another order than their versions.
     */
    void pass(ChangeEvent event);
}
