package dev.towline.dynamo;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * The credentials of another provider, asked for in the background. The DAX client asks for credentials with every request on its event
 * loop, and a provider that waits there, for example for the metadata of a container, would stop all its calls. Thread-safe; only the
 * constructor blocks.
 */
final class RefreshedCredentials implements AwsCredentialsProvider, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RefreshedCredentials.class);

    private final AwsCredentialsProvider source;
    private final ScheduledExecutorService refreshes;
    private volatile AwsCredentials newest;

    /** @throws software.amazon.awssdk.core.exception.SdkException if the source has no credentials */
    RefreshedCredentials(AwsCredentialsProvider source, Duration interval) {
        this.source = source;
        this.newest = source.resolveCredentials();
        this.refreshes = Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("dax-credentials").factory());
        var _ = refreshes.scheduleWithFixedDelay(
                this::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return newest;
    }

    private void refresh() {
        try {
            newest = source.resolveCredentials();
        } catch (RuntimeException e) {
            log.warn("cannot refresh the credentials for DAX, keeping the last ones: {}", e.toString());
        }
    }

    @Override
    public void close() {
        refreshes.shutdownNow();
    }
}
