package dev.towline.histories;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One subscription to a session and everything that it received.
 *
 * @param instance as in {@link Operation}
 * @param way how it was watched
 * @param begun before it was asked for; times count from the beginning of the run
 * @param ended when it ended or, if it is still open, when the run was over
 * @param updates in the order in which they came
 * @param end why it ended
 */
record Watch(
        int watcher,
        String instance,
        String session,
        Way way,
        Duration begun,
        Duration ended,
        List<Update> updates,
        End end) {

    /**
     * How a session is watched.
     *
     * @param after the last sequence of the stream before it, which this one continues; null for a new stream
     * @param epoch of that stream
     * @param isSlow whether the watcher stops reading its socket now and then
     */
    record Way(@Nullable Integer after, String epoch, boolean isSlow) {

        static Way anew(boolean isSlow) {
            return new Way(null, "", isSlow);
        }
    }

    /** Why a subscription ended. */
    enum End {
        /** The service completed it. */
        COMPLETED,
        /** The connection broke, or could not be made. */
        BROKEN,
        /** The service took the watcher for gone (4499), because no answer to its pings came in time. */
        SILENT,
        /** The service ended it with an error. */
        FAILED,
        /** The watcher went away. */
        LEFT,
        /** It was still open when the run was over, after everything had come to rest. */
        OPEN
    }

    /** The last change that its watcher had before; 0 without any. */
    int reachedBefore() {
        return way.after == null ? 0 : way.after;
    }

    /** The last change that it received or that a snapshot contained; 0 without any. */
    int reached() {
        return updates.stream().mapToInt(Update::sequence).max().orElse(reachedBefore());
    }

    /** How the watcher comes back after it broke or was left, on any instance; null after the end. */
    @Nullable
    Way continuation() {
        if (end == End.COMPLETED) {
            return null;
        }
        return updates.isEmpty() ? way : new Way(reached(), updates.getLast().epoch(), way.isSlow);
    }

    @Override
    public String toString() {
        return "[%.3f–%.3f s] watcher %d of %s on instance %s, %s, %s: %s"
                .formatted(begun.toNanos() / 1e9, ended.toNanos() / 1e9, watcher, session, instance, way, end, updates);
    }
}
