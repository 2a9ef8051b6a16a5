package dev.towline.histories;

import dev.towline.dynamo.Fault;
import dev.towline.dynamo.FaultyDynamo;
import dev.towline.local.EmbeddedRedis;
import dev.towline.local.SharedStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Everything that can fail: the instances, their Redis, DAX, and the way to DynamoDB. */
record FaultyStack(
        Cluster cluster,
        EmbeddedRedis redis,
        Path redisFolder,
        RedisCommands redisCommands,
        FaultyDynamo dynamo,
        FaultyDax dax,
        ConcurrentMap<FaultKind, AtomicInteger> changedRequests)
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
        Path redisFolder = folder.resolve("redis");
        EmbeddedRedis redis = EmbeddedRedis.storedIn(redisFolder, 0);
        FaultyDynamo dynamo =
                FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint());
        Map<String, String> settings = new HashMap<>(SharedStack.freshProperties());
        settings.putAll(TIME_LIMITS);
        settings.put("towline.viewer.unauthenticated-role", "DISPATCHER");
        settings.put("spring.data.redis.host", "127.0.0.1");
        settings.put("spring.data.redis.port", Integer.toString(redis.port()));
        settings.put("towline.dynamo.endpoint", dynamo.endpoint());
        FaultyDax dax = FaultyDax.start(dynamo.endpoint(), clockOffsets.size());
        Cluster cluster = Cluster.start(settings, dax::settings, folder.resolve("clock"), clockOffsets);
        return new FaultyStack(
                cluster, redis, redisFolder, new RedisCommands(redis.port()), dynamo, dax, new ConcurrentHashMap<>());
    }

    /** The same fault, which counts the requests that meet it. */
    Fault counted(FaultKind kind, Fault fault) {
        AtomicInteger changed = changedRequests.computeIfAbsent(kind, _ -> new AtomicInteger());
        return (request, upstream) -> {
            changed.incrementAndGet();
            return fault.answer(request, upstream);
        };
    }

    /** The number of requests to DynamoDB that a kind of fault has changed so far. */
    int changedRequests(FaultKind kind) {
        return changedRequests.getOrDefault(kind, new AtomicInteger()).get();
    }

    /** Deletes what Redis has stored. It must not run. */
    void deleteFilesOfRedis() {
        try (Stream<Path> files = Files.walk(redisFolder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(redisFolder)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the files of Redis", e);
        }
    }

    @Override
    public void close() {
        cluster.close();
        redisCommands.close();
        redis.close();
        dax.close();
        dynamo.close();
    }
}
