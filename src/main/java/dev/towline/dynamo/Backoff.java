package dev.towline.dynamo;

import dev.towline.problem.Unavailable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Exponential backoff with full jitter, so that callers that conflicted do not retry at the same time.
 *
 * @param base the upper bound of the first pause
 * @param max the upper bound of every pause
 * @see <a href="https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/">Exponential Backoff And Jitter</a>
 */
record Backoff(Duration base, Duration max) {

    private static final int MOST_DOUBLINGS = 30;

    /**
     * Blocks for a random time up to the bound, which doubles with each attempt.
     *
     * @param attempt the number of earlier pauses: 0 for the first
     */
    void pause(int attempt) {
        try {
            TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(bound(attempt) + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The service is shutting down. Try again in a moment.", e);
        }
    }

    /** The upper bound of the pause after that many earlier pauses, in nanoseconds. */
    long bound(int attempt) {
        Duration doubled = base.multipliedBy(1L << Math.min(attempt, MOST_DOUBLINGS));
        return (doubled.compareTo(max) < 0 ? doubled : max).toNanos();
    }
}
