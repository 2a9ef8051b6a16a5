package dev.towline.localdax;

import java.time.Duration;

/**
 * What one node takes from its clients. A connection that exceeds a limit is closed; the others go on.
 *
 * @param requestBytes the most that a request may have; the largest batch of DynamoDB has 16 MB
 * @param depth how deep values may nest; DynamoDB's own limit is 32, expressions nest deeper
 * @param values the most values, keys and elements that a request may consist of
 * @param connections the most at a time; a node of the service takes 40,000
 * @param idle how long a connection may wait for its next request; clients close theirs after 30 seconds
 * @param requestTime how long a request may take to arrive
 * @param answerTime how long a client may take to receive an answer
 * @param attributeListBytes the most that the names of all attribute lists together may have, which are kept for ever
 */
public record WireLimits(
        int requestBytes,
        int depth,
        int values,
        int connections,
        Duration idle,
        Duration requestTime,
        Duration answerTime,
        long attributeListBytes) {

    private static final WireLimits DEFAULTS = new WireLimits(
            20 << 20,
            200,
            1_000_000,
            1_000,
            Duration.ofMinutes(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            64L << 20);

    /** Enough for every request that DynamoDB takes. */
    public static WireLimits defaults() {
        return DEFAULTS;
    }

    public WireLimits {
        requirePositive("requestBytes", requestBytes);
        requirePositive("depth", depth);
        requirePositive("values", values);
        requirePositive("connections", connections);
        requirePositive("idle", idle.toMillis());
        requirePositive("requestTime", requestTime.toMillis());
        requirePositive("answerTime", answerTime.toMillis());
        requirePositive("attributeListBytes", attributeListBytes);
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("%s must be positive: %d".formatted(name, value));
        }
    }
}
