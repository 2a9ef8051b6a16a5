package dev.towline.local;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** DynamoDB Local and Redis together. Thread-safe. */
public final class EmbeddedStack implements AutoCloseable {

    private final EmbeddedDynamo dynamo;
    private final EmbeddedRedis redis;
    private final @Nullable DataFolder folder;

    private EmbeddedStack(EmbeddedDynamo dynamo, EmbeddedRedis redis, @Nullable DataFolder folder) {
        this.dynamo = dynamo;
        this.redis = redis;
        this.folder = folder;
    }

    /** Starts both on any free ports; what is stored is gone when they are closed. Blocks until both answer. */
    public static EmbeddedStack inMemory() {
        var redis = CompletableFuture.supplyAsync(() -> EmbeddedRedis.inMemory(0));
        return new EmbeddedStack(EmbeddedDynamo.inMemory(0), redis.join(), null).awaitReady();
    }

    /**
     * Starts both as the settings say. Returns before DynamoDB answers, see {@link #awaitReady()}.
     *
     * @throws LocalRunRefused if the data folder cannot be used
     * @throws RuntimeException around a {@link LocalRunRefused} if Redis cannot run here
     */
    static EmbeddedStack start(LocalSettings settings) {
        DataFolder folder = DataFolder.open(settings.dataFolder(), settings.fresh());
        var redis = CompletableFuture.supplyAsync(() -> EmbeddedRedis.storedIn(folder.redis(), settings.redisPort()));
        return new EmbeddedStack(EmbeddedDynamo.storedIn(folder.dynamo(), settings.dynamoPort()), redis.join(), folder);
    }

    /** Blocks until both answer; throws if one failed to start. */
    public EmbeddedStack awaitReady() {
        dynamo.awaitReady();
        return this;
    }

    public EmbeddedDynamo dynamo() {
        return dynamo;
    }

    public EmbeddedRedis redis() {
        return redis;
    }

    /** The folder that keeps what is stored, or {@code in memory}. */
    String dataFolder() {
        return folder == null ? "in memory" : folder.path().toString();
    }

    /**
     * The settings that make a service, in this or in another process, use this stack. Its time limits are patient: the stack shares the
     * processors with the service, and is cold when the service starts.
     */
    public Map<String, String> properties() {
        return Map.ofEntries(
                Map.entry("towline.dynamo.endpoint", dynamo.endpoint()),
                Map.entry("towline.dynamo.region", EmbeddedDynamo.REGION),
                Map.entry("towline.dynamo.access-key-id", EmbeddedDynamo.ACCESS_KEY),
                Map.entry("towline.dynamo.secret-access-key", EmbeddedDynamo.ACCESS_KEY),
                Map.entry("towline.dynamo.create-tables", "true"),
                Map.entry("towline.dynamo.attempt-timeout", "10s"),
                Map.entry("towline.dynamo.call-timeout", "30s"),
                Map.entry("spring.data.redis.host", LoopbackPort.ADDRESS),
                Map.entry("spring.data.redis.port", Integer.toString(redis.port())),
                Map.entry("spring.data.redis.timeout", "2s"),
                // nobody balances the load
                Map.entry("towline.drain.delay", "0s"));
    }

    /** Blocks until both have stopped and what is kept is written. */
    @Override
    public void close() {
        try {
            redis.close();
            dynamo.close();
        } finally {
            if (folder != null) {
                folder.close();
            }
        }
    }
}
