package dev.towline.dynamo;

import dev.towline.resolver.Timers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.StandardRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.dax.ClusterDaxAsyncClient;
import software.amazon.dax.Configuration;

/** Makes the clients from the settings. */
final class Clients {

    /** DynamoDB accounts capacity per second, so a throttled request needs a longer pause than a lost one. */
    private static final int THROTTLED_BACKOFF_FACTOR = 4;

    /** A call can need a second connection while it holds the first, see {@link DaxConnection}. */
    private static final int CONNECTIONS_PER_DAX_CALL = 2;

    private Clients() {}

    /**
     * A blocking client; waiting for a connection parks only the virtual thread.
     *
     * @param timers must run as long as the client is used
     */
    static DynamoDbClient dynamo(DynamoSettings settings, Timers timers) {
        return dynamo(settings, timers, apache(settings));
    }

    /** The HTTP client, which costs less CPU than the others of the SDK, see decision 0041. */
    static Apache5HttpClient.Builder apache(DynamoSettings settings) {
        return Apache5HttpClient.builder()
                .maxConnections(settings.maxConnections())
                .connectionTimeout(settings.connectTimeout())
                .connectionAcquisitionTimeout(settings.attemptTimeout())
                // The timer of the attempt interrupts a read. One more timer for each read would wake a thread.
                .socketTimeout(Duration.ZERO)
                .tcpKeepAlive(true);
    }

    static DynamoDbClient dynamo(DynamoSettings settings, Timers timers, SdkHttpClient.Builder<?> http) {
        DynamoDbClientBuilder client = DynamoDbClient.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials(settings))
                .httpClientBuilder(http)
                .overrideConfiguration(calls -> calls.apiCallAttemptTimeout(settings.attemptTimeout())
                        .apiCallTimeout(settings.callTimeout())
                        .scheduledExecutorService(timers)
                        .retryStrategy(retries(settings)));
        if (settings.endpoint() != null) {
            client.endpointOverride(settings.endpoint());
        }
        return client.build();
    }

    /**
     * A DAX client. It can be made while the cluster is down, and connects later by itself.
     *
     * @param credentials must not block
     */
    static DynamoDbAsyncClient dax(
            DynamoSettings dynamo, DaxSettings dax, AwsCredentialsProvider credentials, URI seed) {
        try {
            return ClusterDaxAsyncClient.builder()
                    .overrideConfiguration(Configuration.builder()
                            .url(seed.toString())
                            .region(Region.of(dynamo.region()))
                            .credentialsProvider(credentials)
                            .connectTimeoutMillis(
                                    Math.toIntExact(dynamo.connectTimeout().toMillis()))
                            .maxConcurrency(CONNECTIONS_PER_DAX_CALL * dax.maxCalls())
                            .build())
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("towline.dax.urls: cannot make a client for " + seed, e);
        }
    }

    private static StandardRetryStrategy retries(DynamoSettings settings) {
        Duration most = settings.backoffMax();
        Duration throttled = settings.backoffBase().multipliedBy(THROTTLED_BACKOFF_FACTOR);
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(settings.maxAttempts())
                .backoffStrategy(BackoffStrategy.exponentialDelay(settings.backoffBase(), most))
                .throttlingBackoffStrategy(
                        BackoffStrategy.exponentialDelay(throttled.compareTo(most) < 0 ? throttled : most, most))
                .build();
    }

    static AwsCredentialsProvider credentials(DynamoSettings settings) {
        String accessKeyId = settings.accessKeyId();
        String secretAccessKey = settings.secretAccessKey();
        return accessKeyId == null || secretAccessKey == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretAccessKey));
    }
}
