package dev.towline.histories;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What an operator can do to a Redis, and whether it had an effect. Blocking. For one thread. */
final class RedisCommands implements AutoCloseable {

    private static final int MILLIS_BETWEEN_CUTS = 50;

    /** Instances connect again within half a second after an earlier fault; the rest is for a slow machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(5);
    private static final String MARK = "towline-test:mark";

    private final int port;
    private final RedisClient client;
    private final AtomicLong cuts = new AtomicLong();
    private volatile boolean cutting;
    private @Nullable CompletableFuture<Void> cutter;

    RedisCommands(int port) {
        this.port = port;
        client = RedisClient.create(RedisURI.builder()
                .withHost("127.0.0.1")
                .withPort(port)
                .withTimeout(ANSWERED_WITHIN)
                .build());
    }

    /** Fails unless that comes of a {@code PING}; waits a while for it. */
    void requirePing(Ping expected) {
        await("a PING is " + expected).atMost(PATIENCE).until(() -> Ping.of(port) == expected);
    }

    /** Stores a key that nothing else uses. */
    void setMark() {
        try (var connection = client.connect()) {
            connection.sync().set(MARK, "");
        }
    }

    /** Fails if the key is still there. */
    void requireNoMark() {
        try (var connection = client.connect()) {
            if (connection.sync().exists(MARK) > 0) {
                throw new IllegalStateException("Redis still has what it had before");
            }
        }
    }

    /** Breaks the connections of all subscribers, again whenever they have come back. Blocks until at least one is broken. */
    void beginToCutSubscribers() {
        cuts.set(0);
        cutting = true;
        CompletableFuture<Void> begun = CompletableFuture.runAsync(
                this::cut, task -> Thread.ofVirtual().name("cut-subscribers").start(task));
        cutter = begun;
        await("a subscriber is cut off").atMost(PATIENCE).until(() -> cuts.get() > 0 || begun.isDone());
        if (begun.isDone()) {
            begun.join();
        }
    }

    /** Lets them be again. Fails if the connections could not be broken all the time. */
    void endToCutSubscribers() {
        cutting = false;
        if (cutter != null) {
            cutter.join();
        }
    }

    private void cut() {
        try (var connection = client.connect()) {
            while (cutting) {
                cuts.addAndGet(connection.sync().clientKill(KillArgs.Builder.typePubsub()));
                TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_CUTS);
            }
            // fails if the connection was lost meanwhile
            connection.sync().clientKill(KillArgs.Builder.typePubsub());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        cutting = false;
        client.shutdown();
    }
}
