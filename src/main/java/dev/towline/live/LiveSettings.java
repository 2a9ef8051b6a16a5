package dev.towline.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The limits of one live stream.
 *
 * @param holeTimeout the time to wait for a missing message before it is read from storage; 1 ms to 1 min
 * @param queue the maximum number of waiting messages beyond the subscriber's demand; 1 to 10000
 * @param burst the maximum number of waiting messages within the subscriber's demand; 1 to 100000
 * @param held the maximum number of messages that wait for an earlier, missing one; 1 to 10000
 * @param readRetry how long a stream tries again to read its state or missing messages while the database does not answer, before it ends
 *     with an error; 0 to 10 min
 * @param recheck the interval in which watched topics are read again, to find changes that were stored but never published; 100 ms to 1 h
 * @param recheckUnproven the interval while messages of other instances may be lost; 100 ms to {@code recheck}
 */
@ConfigurationProperties("towline.live")
public record LiveSettings(
        @DefaultValue("200ms") Duration holeTimeout,
        @DefaultValue("64") int queue,
        @DefaultValue("1024") int burst,
        @DefaultValue("64") int held,
        @DefaultValue("30s") Duration readRetry,
        @DefaultValue("15s") Duration recheck,
        @DefaultValue("2s") Duration recheckUnproven) {

    private static final Duration SHORTEST_HOLE = Duration.ofMillis(1);
    private static final Duration LONGEST_HOLE = Duration.ofMinutes(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(10);
    private static final Duration SHORTEST_RECHECK = Duration.ofMillis(100);
    private static final Duration LONGEST_RECHECK = Duration.ofHours(1);

    /** @throws IllegalArgumentException if a value is out of its range */
    public LiveSettings {
        requireBetween("hole-timeout", holeTimeout, SHORTEST_HOLE, LONGEST_HOLE);
        requireBetween("queue", queue, 10_000);
        requireBetween("burst", burst, 100_000);
        requireBetween("held", held, 10_000);
        requireBetween("read-retry", readRetry, Duration.ZERO, LONGEST_RETRY);
        requireBetween("recheck", recheck, SHORTEST_RECHECK, LONGEST_RECHECK);
        requireBetween("recheck-unproven", recheckUnproven, SHORTEST_RECHECK, recheck);
    }

    /** The default settings. */
    public static LiveSettings defaults() {
        return new LiveSettings(
                Duration.ofMillis(200),
                64,
                1024,
                64,
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(2));
    }

    private static void requireBetween(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "towline.live." + name + ": must be between " + least + " and " + most + ", not " + value);
        }
    }

    private static void requireBetween(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "towline.live." + name + ": must be between 1 and " + most + ", not " + value);
        }
    }
}
