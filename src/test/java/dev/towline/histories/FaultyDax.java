package dev.towline.histories;

import dev.towline.localdax.DaxNode;
import dev.towline.localdax.Fault;
import dev.towline.localdax.LocalDax;
import dev.towline.localdax.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A DAX cluster with a node for each instance, which reads from no other, so that each instance can lose its own way. Thread-safe. */
final class FaultyDax implements AutoCloseable {

    static final Duration TIME_LIMIT = Duration.ofMillis(200);

    /** Long beside the pauses of clients, so that an item is often older than the last write. */
    private static final Duration ITEM_TTL = Duration.ofSeconds(2);

    private static final List<String> TABLES = List.of("incidents", "vendors", "tracking-sessions");

    private final LocalDax cluster;

    private FaultyDax(LocalDax cluster) {
        this.cluster = cluster;
    }

    static FaultyDax start(String dynamoEndpoint, int instances) {
        return new FaultyDax(LocalDax.builder()
                .dynamoEndpoint(URI.create(dynamoEndpoint))
                .credentials("local", "local")
                .port(0)
                .nodes(instances)
                .pinned(true)
                .itemTimeToLive(ITEM_TTL)
                .start());
    }

    /** The settings of an instance. */
    Map<String, String> settings(int instance) {
        Map<String, String> settings = new HashMap<>();
        settings.put("towline.dax.urls", cluster.node(instance).url());
        settings.put("towline.dax.tables", String.join(",", TABLES));
        settings.put("towline.dax.item-ttl", ITEM_TTL.toMillis() + "ms");
        settings.put("towline.dax.time-limit", TIME_LIMIT.toMillis() + "ms");
        settings.put("towline.dax.retry-after", "500ms");
        return settings;
    }

    /** How many keys it has answered from its cache. */
    long hits() {
        return cluster.counters().get(Metric.ITEM_CACHE_HITS);
    }

    void stopAll() {
        for (int i = 0; i < cluster.nodes().size(); i++) {
            stop(i);
        }
    }

    void startAll() {
        cluster.nodes().forEach(DaxNode::start);
    }

    void stop(int instance) {
        cluster.node(instance).stop();
        requireGone(cluster.node(instance));
    }

    void start(int instance) {
        cluster.node(instance).start();
    }

    void delayAll(Duration delay) {
        cluster.nodes().forEach(node -> node.fail(Fault.delay(delay)));
    }

    void calm() {
        cluster.nodes().forEach(DaxNode::clearFaults);
    }

    private static void requireGone(DaxNode node) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), node.port())) {
            throw new IllegalStateException("the node %s listens after it was stopped".formatted(node.url()));
        } catch (IOException refused) {
            // as it was meant to be
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
