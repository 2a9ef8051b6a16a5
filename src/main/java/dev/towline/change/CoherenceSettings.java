package dev.towline.change;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the bus, which must be equal on all instances of a Redis.
 *
 * @param heartbeat the interval of heartbeats; 10 ms to 10 s
 * @param silence the maximum age of the last message of a publisher, and of the last own heartbeat that came back, while the bus is proven;
 *     at least twice the heartbeat, at most 1 min. After twice this time a publisher is lost.
 * @param forgetAfter the time for which a lost publisher keeps the bus unproven; at least the silence, at most 1 h
 * @param shards the number of channels over which changes are spread; 1 to 64
 */
@ConfigurationProperties("towline.coherence")
record CoherenceSettings(
        @DefaultValue("250ms") Duration heartbeat,
        @DefaultValue("1s") Duration silence,
        @DefaultValue("1m") Duration forgetAfter,
        @DefaultValue("1") int shards) {

    private static final Duration SHORTEST_HEARTBEAT = Duration.ofMillis(10);
    private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_MEMORY = Duration.ofHours(1);
    private static final int MOST_SHARDS = 64;

    CoherenceSettings {
        requireBetween("heartbeat", heartbeat, SHORTEST_HEARTBEAT, LONGEST_HEARTBEAT);
        requireBetween("silence", silence, heartbeat.multipliedBy(2), LONGEST_SILENCE);
        requireBetween("forget-after", forgetAfter, silence, LONGEST_MEMORY);
        requireBetween("shards", shards, 1, MOST_SHARDS);
    }

    /** How changes are spread over the shards. */
    Shards sharding() {
        return new Shards(shards);
    }

    private static <T extends Comparable<T>> void requireBetween(String name, T value, T least, T most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "towline.coherence.%s: must be between %s and %s, not %s".formatted(name, least, most, value));
        }
    }
}
