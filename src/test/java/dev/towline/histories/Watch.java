package dev.towline.histories;

import java.time.Duration;
import java.util.List;

/**
 * One subscription to a session and everything that it received.
 *
 * @param instance as in {@link Operation}
 * @param begun before it was asked for; times count from the beginning of the run
 * @param ended when it ended or, if it is still open, when the run was over
 * @param updates in the order in which they came
 * @param end why it ended
 */
record Watch(
        int watcher, String instance, String session, Duration begun, Duration ended, List<Update> updates, End end) {

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

    /** The last change that it received or that a snapshot contained; 0 without any. */
    int reached() {
        return updates.stream().mapToInt(Update::sequence).max().orElse(0);
    }

    @Override
    public String toString() {
        return "[%.3f–%.3f s] watcher %d of %s on instance %s, %s: %s"
                .formatted(begun.toNanos() / 1e9, ended.toNanos() / 1e9, watcher, session, instance, end, updates);
    }
}
