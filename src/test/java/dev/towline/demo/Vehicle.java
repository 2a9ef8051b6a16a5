package dev.towline.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A place in the fleet: on a job, or waiting for the next one. Its chances are its own, whatever the others do. For one thread. */
final class Vehicle {

    /** Spreads any number of vehicles evenly. */
    private static final double GOLDEN_RATIO = 0.618033988749895;

    private final int index;
    private final RandomGenerator random;
    private @Nullable Job job;
    private Instant dueAt;
    private boolean hasDriven;

    /** @param index its number in the fleet, from 0 */
    Vehicle(int index, long seed, Instant dueAt) {
        this.index = index;
        this.random = new SplittableRandom(seed * 1_000_003 + index);
        this.dueAt = dueAt;
    }

    int index() {
        return index;
    }

    RandomGenerator random() {
        return random;
    }

    /** When within each interval it takes its fixes. */
    Duration phase() {
        return Duration.ofMillis((long) (index * GOLDEN_RATIO % 1 * Itinerary.INTERVAL.toMillis()));
    }

    @Nullable
    Job job() {
        return job;
    }

    /** Whether it has had a job since the fleet began. */
    boolean hasDriven() {
        return hasDriven;
    }

    /** When it has something to do. */
    Instant dueAt() {
        return dueAt;
    }

    void take(Job next, Instant now) {
        job = next;
        hasDriven = true;
        dueAt = now;
    }

    /** It is on a job that needs attention then. */
    void waitUntil(Instant time) {
        dueAt = time;
    }

    /** It has no job, and looks for one then. */
    void restUntil(Instant time) {
        job = null;
        dueAt = time;
    }

    Duration between(int fromSeconds, int toSeconds) {
        return Duration.ofSeconds(random.nextInt(fromSeconds, toSeconds));
    }
}
