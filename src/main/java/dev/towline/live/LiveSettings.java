package dev.towline.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long and how much is kept for one subscriber.
 *
 * @param holeTimeout how long a missing message may still arrive by itself before storage is asked for it; 1 ms to 1 min
 * @param queue how many messages wait at most that the subscriber has not asked for; 1 to 10000
 * @param burst how many messages wait at most that it has asked for and that are not handed over yet, whatever it has asked for; 1
 *     to 100000
 * @param held how many messages are kept at most that came ahead of a missing one; 1 to 10000
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
            throw new IllegalArgumentException("towline.live.hole-timeout: 1ms to 1m, not " + holeTimeout);
        }
        requireBetween("queue", queue, 10_000);
        requireBetween("burst", burst, 100_000);
        requireBetween("held", held, 10_000);
    }

    /** What holds where nothing is set. */
    public static LiveSettings defaults() {
        return new LiveSettings(Duration.ofMillis(200), 64, 1024, 64);
    }

    private static void requireBetween(String name, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("towline.live." + name + ": 1 to " + most + ", not " + value);
        }
    }
}
