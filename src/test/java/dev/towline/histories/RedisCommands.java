package dev.towline.histories;

import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import java.util.concurrent.TimeUnit;

/** What an operator can do to a Redis. Blocking, thread-safe. */
final class RedisCommands implements AutoCloseable {

    private static final int MILLIS_BETWEEN_CUTS = 50;

    private final RedisClient client;
    private volatile boolean cutting;

    RedisCommands(int port) {
        client = RedisClient.create("redis://127.0.0.1:" + port);
    }

    /** Deletes everything. */
    void flush() {
        try (var connection = client.connect()) {
            connection.sync().flushall();
        }
    }

    /** Breaks the connections of all subscribers, and again whenever they have come back, until it is called with false. */
    void cutSubscribers(boolean cut) {
        cutting = cut;
        if (cut) {
            Thread.ofVirtual().name("cut-subscribers").start(() -> {
                try (var connection = client.connect()) {
                    while (cutting) {
                        connection.sync().clientKill(KillArgs.Builder.typePubsub());
                        TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_CUTS);
                    }
                } catch (RedisException e) {
                    // Redis was closed at the end of the run
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    @Override
    public void close() {
        cutting = false;
        client.shutdown();
    }
}
