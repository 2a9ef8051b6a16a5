package dev.towline.dynamo;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where DynamoDB is and how long it may take. The time limits nest: several attempts fit into a call, and a call ends before a
 * waiting person gives up.
 *
 * @param endpoint where DynamoDB listens; absent: AWS, as the region says
 * @param region the region, also of what is signed for an endpoint of one's own
 * @param accessKeyId for a local DynamoDB; absent: AWS's default chain of credentials
 * @param secretAccessKey belongs to it
 * @param tablePrefix comes before every table's name, so that several installations share an account
 * @param createTables whether tables that are missing are created at start, instead of stopping it
 * @param connectTimeout for a connection to be made. Within a region it takes a few milliseconds: half a second is a lost packet
 *     and its repetition
 * @param attemptTimeout for one attempt. DynamoDB answers in single-digit milliseconds; after a second another of its hosts is the
 *     better bet
 * @param callTimeout for a call with all its attempts
 * @param maxAttempts how often a request is sent at most, the first time included
 * @param backoffBase the longest pause before the second attempt; the pause is random below it and the bound doubles with every
 *     further one, four times as much where DynamoDB throttles
 * @param backoffMax the longest pause before any attempt
 * @param maxConnections how many requests are under way at once. At 5 ms each, 128 are 25 000 requests a second
 * @param daxUrl where a DAX cluster listens, {@code dax://} or {@code daxs://}; absent: none
 * @param floorRetention how long this instance remembers the newest version that it knows of an entity. DAX keeps an item for 5 minutes
 *     unless its parameters say otherwise: longer than that, and than any lag of a read
 */
@ConfigurationProperties("towline.dynamo")
record DynamoSettings(
        @Nullable URI endpoint,
        @DefaultValue("us-east-1") String region,
        @Nullable String accessKeyId,
        @Nullable String secretAccessKey,
        @DefaultValue("towline-") String tablePrefix,
        @DefaultValue("false") boolean createTables,
        @DefaultValue("500ms") Duration connectTimeout,
        @DefaultValue("1s") Duration attemptTimeout,
        @DefaultValue("4s") Duration callTimeout,
        @DefaultValue("4") int maxAttempts,
        @DefaultValue("50ms") Duration backoffBase,
        @DefaultValue("1s") Duration backoffMax,
        @DefaultValue("128") int maxConnections,
        @Nullable URI daxUrl,
        @DefaultValue("10m") Duration floorRetention) {

    private static final Pattern TABLE_PREFIX = Pattern.compile("[A-Za-z0-9_.-]{0,64}");

    DynamoSettings {
        require(endpoint == null || hasScheme(endpoint, "http", "https"), "endpoint", "an http or https URL");
        require(!region.isBlank(), "region", "a region such as us-east-1");
        require(
                (accessKeyId == null) == (secretAccessKey == null),
                accessKeyId == null ? "access-key-id" : "secret-access-key",
                "must stand beside the other of the two, or both be absent");
        require(
                TABLE_PREFIX.matcher(tablePrefix).matches(),
                "table-prefix",
                "at most 64 of letters, digits, '_', '.', '-'");
        require(isPositive(connectTimeout), "connect-timeout", "longer than zero");
        require(isPositive(attemptTimeout), "attempt-timeout", "longer than zero");
        require(callTimeout.compareTo(attemptTimeout) >= 0, "call-timeout", "not shorter than attempt-timeout");
        require(maxAttempts >= 1, "max-attempts", "at least 1");
        require(isPositive(backoffBase), "backoff-base", "longer than zero");
        require(backoffMax.compareTo(backoffBase) >= 0, "backoff-max", "not shorter than backoff-base");
        require(maxConnections >= 1, "max-connections", "at least 1");
        require(isPositive(floorRetention), "floor-retention", "longer than zero");
        require(daxUrl == null || hasScheme(daxUrl, "dax", "daxs"), "dax-url", "a dax:// or daxs:// URL");
    }

    /** Without the secret: settings get logged. */
    @Override
    public String toString() {
        return "DynamoSettings[endpoint=%s, region=%s, accessKeyId=%s, tablePrefix=%s, daxUrl=%s]"
                .formatted(
                        endpoint == null ? "AWS" : endpoint,
                        region,
                        accessKeyId == null ? "default chain" : accessKeyId,
                        tablePrefix,
                        daxUrl == null ? "none" : daxUrl);
    }

    private static void require(boolean holds, String setting, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException("towline.dynamo." + setting + ": " + wanted);
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private static boolean hasScheme(URI uri, String one, String other) {
        return uri.getHost() != null && (one.equals(uri.getScheme()) || other.equals(uri.getScheme()));
    }
}
