package dev.towline.dynamo;

import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The connection to DynamoDB, and its time limits.
 *
 * @param endpoint the URL of DynamoDB; absent: the AWS endpoint of the region
 * @param region the AWS region, also used to sign requests to another endpoint
 * @param accessKeyId the credentials of a local DynamoDB; absent: AWS's default credentials chain
 * @param secretAccessKey the secret of {@code accessKeyId}
 * @param tablePrefix the prefix of every table's name, so that several installations can share an account
 * @param createTables whether missing tables are created at start; otherwise they stop the start
 * @param connectTimeout the time limit of a connection. Within a region it takes a few milliseconds; half a second allows for one lost
 *     packet
 * @param attemptTimeout the time limit of one attempt. DynamoDB usually answers within 10 ms, so after a second a retry is more promising
 * @param callTimeout the time limit of a call with all its attempts
 * @param maxAttempts the maximum number of attempts of a call
 * @param backoffBase the upper bound of the random pause before the second attempt. It doubles with every further attempt, and is four
 *     times as high if DynamoDB throttles
 * @param backoffMax the upper bound of every pause
 * @param maxConnections the maximum number of concurrent requests. At 5 ms each, 128 allow 25 000 requests per second
 * @param floorRetention the lifetime of version floors. It must be longer than any lag of a read, and than DAX keeps an item (5 minutes by
 *     default)
 * @param epochCheck the interval in which tables are described, to notice that one was replaced by a backup; 100 ms to 1 h
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
        @DefaultValue("10m") Duration floorRetention,
        @DefaultValue("10s") Duration epochCheck) {

    private static final Pattern TABLE_PREFIX = Pattern.compile("[A-Za-z0-9_.-]{0,64}");

    DynamoSettings {
        require(endpoint == null || hasScheme(endpoint, "http", "https"), "endpoint", "must be an http or https URL");
        require(!region.isBlank(), "region", "must be a region such as us-east-1");
        require(
                (accessKeyId == null) == (secretAccessKey == null),
                accessKeyId == null ? "access-key-id" : "secret-access-key",
                "access-key-id and secret-access-key must be both present or both absent");
        require(
                TABLE_PREFIX.matcher(tablePrefix).matches(),
                "table-prefix",
                "must have at most 64 letters, digits, '_', '.', '-'");
        require(isPositive(connectTimeout), "connect-timeout", "must be longer than zero");
        require(isPositive(attemptTimeout), "attempt-timeout", "must be longer than zero");
        require(callTimeout.compareTo(attemptTimeout) >= 0, "call-timeout", "must not be shorter than attempt-timeout");
        require(maxAttempts >= 1, "max-attempts", "must be at least 1");
        require(isPositive(backoffBase), "backoff-base", "must be longer than zero");
        require(backoffMax.compareTo(backoffBase) >= 0, "backoff-max", "must not be shorter than backoff-base");
        require(maxConnections >= 1, "max-connections", "must be at least 1");
        require(isPositive(floorRetention), "floor-retention", "must be longer than zero");
        require(
                epochCheck.compareTo(Duration.ofMillis(100)) >= 0 && epochCheck.compareTo(Duration.ofHours(1)) <= 0,
                "epoch-check",
                "must be between 100 ms and 1 h");
    }

    /** Omits the secret, because settings may be logged. */
    @Override
    public String toString() {
        return "DynamoSettings[endpoint=%s, region=%s, accessKeyId=%s, tablePrefix=%s]"
                .formatted(
                        endpoint == null ? "AWS" : endpoint,
                        region,
                        accessKeyId == null ? "default chain" : accessKeyId,
                        tablePrefix);
    }

    private static void require(boolean holds, String setting, String requirement) {
        if (!holds) {
            throw new IllegalArgumentException("towline.dynamo." + setting + ": " + requirement);
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private static boolean hasScheme(URI uri, String one, String other) {
        return uri.getHost() != null && (one.equals(uri.getScheme()) || other.equals(uri.getScheme()));
    }
}
