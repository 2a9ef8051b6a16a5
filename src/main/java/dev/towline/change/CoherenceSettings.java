package dev.towline.change;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How instances know that they hear each other. The same for all instances of a Redis.
 *
 * @param heartbeat how often each says how far it is; 10 ms to 10 s
 * @param silence how long a publisher, or the way through Redis and back, may be silent before the bus is not proven; at least twice
 *     the heartbeat, at most 1 min. After twice this time a publisher is lost.
 * @param forgetAfter how long a lost publisher keeps the bus unproven; at least the silence, at most 1 h
 */
@ConfigurationProperties("towline.coherence")
record CoherenceSettings(
        @DefaultValue("250ms") Duration heartbeat,
        @DefaultValue("1s") Duration silence,
        @DefaultValue("1m") Duration forgetAfter) {

    private static final Duration SHORTEST_HEARTBEAT = Duration.ofMillis(10);
    private static final Duration LONGEST_HEARTBEAT = Duration.ofSeconds(10);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST_MEMORY = Duration.ofHours(1);

    CoherenceSettings {
        requireBetween("heartbeat", heartbeat, SHORTEST_HEARTBEAT, LONGEST_HEARTBEAT);
        requireBetween("silence", silence, heartbeat.multipliedBy(2), LONGEST_SILENCE);
        requireBetween("forget-after", forgetAfter, silence, LONGEST_MEMORY);
    }

    private static void requireBetween(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "towline.coherence.%s: %s to %s, not %s".formatted(name, least, most, value));
        }
    }
}
