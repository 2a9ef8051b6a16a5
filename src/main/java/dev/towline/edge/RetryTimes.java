package dev.towline.edge;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Random times after which clients come back, so that they do not all come at once. As thread-safe as the generator. */
public final class RetryTimes {

    private final RandomGenerator random;
    private final Duration spread;

    /** @param spread the longest time */
    public RetryTimes(RandomGenerator random, Duration spread) {
        this.random = random;
        this.spread = spread;
    }

    /** The time for one client: whole milliseconds, evenly distributed from 0 to the spread. */
    public Duration next() {
        return Duration.ofMillis(random.nextLong(spread.toMillis() + 1));
    }
}
