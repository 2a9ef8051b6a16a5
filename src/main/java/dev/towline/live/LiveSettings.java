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
 */
@ConfigurationProperties("towline.live")
public record LiveSettings(
        @DefaultValue("200ms") Duration holeTimeout,
        @DefaultValue("64") int queue,
        @DefaultValue("1024") int burst,
        @DefaultValue("64") int held) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** @throws IllegalArgumentException if a value is out of its range */
    public LiveSettings {
        if (holeTimeout.compareTo(SHORTEST) < 0 || holeTimeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "towline.live.hole-timeout: must be between 1ms and 1m, not " + holeTimeout);
        }
        requireBetween("queue", queue, 10_000);
        requireBetween("burst", burst, 100_000);
        requireBetween("held", held, 10_000);
    }

    /** The default settings. */
    public static LiveSettings defaults() {
        return new LiveSettings(Duration.ofMillis(200), 64, 1024, 64);
    }

    private static void requireBetween(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(
                    "towline.live." + name + ": must be between 1 and " + most + ", not " + value);
        }
    }
}
