package dev.towline.dynamo;

import dev.towline.problem.Unavailable;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Pauses that grow with every failed attempt and are random, so that those who met once don't meet again.
 *
 * @param base the longest first pause
 * @param max the longest of all
 */
record Backoff(Duration base, Duration max) {

    private static final int MOST_DOUBLINGS = 30;

    /**
     * Blocks for a random time below the bound, which is twice as high with each attempt.
     *
     * @param attempt how many attempts have failed before this one: 0 for the first pause
     */
    void pause(int attempt) {
        try {
            TimeUnit.NANOSECONDS.sleep(ThreadLocalRandom.current().nextLong(bound(attempt) + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("The service is shutting down. Try again in a moment.", e);
        }
    }

    /** The longest pause after that many failures, in nanoseconds. */
    long bound(int attempt) {
        Duration doubled = base.multipliedBy(1L << Math.min(attempt, MOST_DOUBLINGS));
        return (doubled.compareTo(max) < 0 ? doubled : max).toNanos();
    }
}
