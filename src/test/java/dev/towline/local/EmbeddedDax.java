package dev.towline.local;

import dev.towline.localdax.LocalDax;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** A local DAX in this JVM for a service on the embedded stack. Thread-safe. */
public final class EmbeddedDax implements AutoCloseable {

    private final LocalDax cluster;

    private EmbeddedDax(LocalDax cluster) {
        this.cluster = cluster;
    }

    /**
     * Listens on the port, or on the next free one; 0 means any port.
     *
     * @param dynamoEndpoint the URL of DynamoDB, which need not answer yet
     * @param itemTtl how long items and pages are kept
     */
    public static EmbeddedDax inFrontOf(String dynamoEndpoint, int wantedPort, Duration itemTtl) {
        return new EmbeddedDax(LocalDax.builder()
                .dynamoEndpoint(URI.create(dynamoEndpoint))
                .region(EmbeddedDynamo.REGION)
                .credentials(EmbeddedDynamo.ACCESS_KEY, EmbeddedDynamo.ACCESS_KEY)
                .port(wantedPort == 0 ? 0 : LoopbackPort.nextFree(wantedPort))
                .itemTimeToLive(itemTtl)
                .queryTimeToLive(itemTtl)
                .start());
    }

    /** To look at it, or to disturb it. */
    public LocalDax cluster() {
        return cluster;
    }

    /**
     * The settings that make a service read through it. Its time limits are patient, because it shares the processors with the service.
     */
    public Map<String, String> properties() {
        return Map.of(
                "towline.dax.urls", cluster.url(),
                "towline.dax.item-ttl", cluster.settings().itemTimeToLive().toMillis() + "ms",
                "towline.dax.time-limit", "10s",
                "towline.dax.slow-call", "5s",
                "towline.dax.retry-after", "1s");
    }

    @Override
    public void close() {
        cluster.close();
    }
}
