package dev.towline.local;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** DynamoDB Local, DAX in front of it, Redis, and an issuer of tokens. Thread-safe. */
public final class EmbeddedStack implements AutoCloseable {

    /** The time for which DAX keeps items in a run: short, so that a service uses it soon after its start. */
    private static final Duration KEPT_IN_A_RUN = Duration.ofSeconds(5);

    private static final Duration KEPT_IN_TESTS = Duration.ofSeconds(1);

    private final EmbeddedDynamo dynamo;
    private final @Nullable EmbeddedDax dax;
    private final EmbeddedRedis redis;
    private final LocalIssuer issuer;
    private final @Nullable DataFolder folder;

    private EmbeddedStack(
            EmbeddedDynamo dynamo,
            @Nullable EmbeddedDax dax,
            EmbeddedRedis redis,
            LocalIssuer issuer,
            @Nullable DataFolder folder) {
        this.dynamo = dynamo;
        this.dax = dax;
        this.redis = redis;
        this.issuer = issuer;
        this.folder = folder;
    }

    /**
     * Starts all on any free ports; what is stored is gone when they are closed. Blocks until they answer.
     *
     * @param withDax whether there is a DAX
     */
    public static EmbeddedStack inMemory(boolean withDax) {
        var redis = CompletableFuture.supplyAsync(() -> EmbeddedRedis.inMemory(0));
        var issuer = CompletableFuture.supplyAsync(LocalIssuer::start);
        EmbeddedDynamo dynamo = EmbeddedDynamo.inMemory(0);
        EmbeddedDax dax = withDax ? EmbeddedDax.inFrontOf(dynamo.endpoint(), 0, KEPT_IN_TESTS) : null;
        return new EmbeddedStack(dynamo, dax, redis.join(), issuer.join(), null).awaitReady();
    }

    /**
     * Starts all as the settings say. Returns before DynamoDB answers, see {@link #awaitReady()}.
     *
     * @throws LocalRunRefused if the data folder cannot be used
     * @throws RuntimeException around a {@link LocalRunRefused} if Redis cannot run here
     */
    static EmbeddedStack start(LocalSettings settings) {
        DataFolder folder = DataFolder.open(settings.dataFolder(), settings.fresh());
        var redis = CompletableFuture.supplyAsync(() -> EmbeddedRedis.storedIn(folder.redis(), settings.redisPort()));
        var issuer = CompletableFuture.supplyAsync(LocalIssuer::start);
        EmbeddedDynamo dynamo = EmbeddedDynamo.storedIn(folder.dynamo(), settings.dynamoPort());
        EmbeddedDax dax =
                settings.dax() ? EmbeddedDax.inFrontOf(dynamo.endpoint(), settings.daxPort(), KEPT_IN_A_RUN) : null;
        return new EmbeddedStack(dynamo, dax, redis.join(), issuer.join(), folder);
    }

    /** Blocks until all answer; throws if one failed to start. */
    public EmbeddedStack awaitReady() {
        dynamo.awaitReady();
        return this;
    }

    public EmbeddedDynamo dynamo() {
        return dynamo;
    }

    /** Null if there is none. */
    public @Nullable EmbeddedDax dax() {
        return dax;
    }

    public EmbeddedRedis redis() {
        return redis;
    }

    /** Who issues tokens to anybody on this machine. */
    public LocalIssuer issuer() {
        return issuer;
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
        Map<String, String> properties = new HashMap<>(Map.ofEntries(
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
                // for whoever tries it out
                Map.entry("towline.limits.introspection", "true"),
                // longer than a call of DynamoDB
                Map.entry("towline.limits.operation-timeout", "60s"),
                // nobody balances the load
                Map.entry("towline.drain.delay", "0s")));
        // Loads are sent from one address, as one viewer.
        for (String limit : List.of("viewer-per-second", "viewer-burst", "address-per-second", "address-burst")) {
            properties.put("towline.rates." + limit, "1000000");
        }
        for (String limit : List.of("fixes-per-second", "fixes-burst", "viewer-streams", "address-streams")) {
            properties.put("towline.rates." + limit, "100000");
        }
        for (String limit : List.of("socket-operations", "socket-messages-per-second")) {
            properties.put("towline.rates." + limit, "100000");
        }
        properties.putAll(issuer.properties());
        if (dax != null) {
            properties.putAll(dax.properties());
        }
        return Map.copyOf(properties);
    }

    /** Blocks until all have stopped and what is kept is written. */
    @Override
    public void close() {
        try {
            issuer.close();
            redis.close();
            if (dax != null) {
                dax.close();
            }
            dynamo.close();
        } finally {
            if (folder != null) {
                folder.close();
            }
        }
    }
}
