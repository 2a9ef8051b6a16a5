package dev.towline.histories;

import dev.towline.dynamo.FaultyDynamo;
import dev.towline.local.EmbeddedRedis;
import dev.towline.local.SharedStack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that can fail: the instances, their Redis, and the way to DynamoDB. */
record FaultyStack(Cluster cluster, EmbeddedRedis redis, RedisCommands redisCommands, FaultyDynamo dynamo)
        implements AutoCloseable {

    /** Time limits as in production: a client waits for a failure, and a run is short. */
    private static final Map<String, String> TIME_LIMITS = Map.of(
            "towline.dynamo.connect-timeout", "1s",
            "towline.dynamo.attempt-timeout", "1s",
            "towline.dynamo.call-timeout", "3s",
            "spring.data.redis.timeout", "500ms");

    /**
     * Starts it, with an instance for each clock offset, and blocks until all are ready.
     *
     * @param folder to write into
     */
    static FaultyStack start(Path folder, List<Duration> clockOffsets) {
        EmbeddedRedis redis = EmbeddedRedis.storedIn(folder.resolve("redis"), 0);
        FaultyDynamo dynamo =
                FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint());
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.putAll(TIME_LIMITS);
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        settings.put("spring.data.redis.host", "127.0.0.1");
        settings.put("spring.data.redis.port", Integer.toString(redis.port()));
        settings.put("towline.dynamo.endpoint", dynamo.endpoint());
        Cluster cluster = Cluster.start(settings, folder.resolve("clock"), clockOffsets);
        return new FaultyStack(cluster, redis, new RedisCommands(redis.port()), dynamo);
    }

    @Override
    public void close() {
        cluster.close();
        redisCommands.close();
        redis.close();
        dynamo.close();
    }
}
