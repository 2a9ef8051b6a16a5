package dev.towline.histories;

import java.util.List;

/**
 * One subscription to a session and everything that it received.
 *
 * @param instance as in {@link Operation}
 * @param updates in the order in which they came
 * @param end why it ended
 */
record Watch(int watcher, String instance, String session, List<Update> updates, End end) {

    /** Why a subscription ended. */
    enum End {
        /** The service completed it. */
        COMPLETED,
        /** The connection broke, or the service refused the subscription. */
        BROKEN,
        /** The watcher went away. */
        LEFT,
        /** It was still open when the run was over, after everything had come to rest. */
        OPEN
    }

    @Override
    public String toString() {
        return "watcher %d of %s on instance %s, %s: %s".formatted(watcher, session, instance, end, updates);
    }
}
