package dev.towline.dynamo;

import dev.towline.store.VersionFloors;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The DAX cluster, and what is read through it.
 *
 * @param urls the seeds of one cluster, {@code dax://host:port} or {@code daxs://host:port}; absent: no DAX. Usually one is sufficient,
 *     because the name of a cluster resolves to all its nodes
 * @param tables the tables whose items are read through DAX, by their names without prefix
 * @param itemTtl how long the cluster keeps an item, as its parameter group says ({@code record-ttl-millis}). DAX may show an older state
 *     for so long, because writes do not pass through it
 * @param timeLimit the time limit of a call, after which DynamoDB is asked. The limit of the client is 60 s, and some of its calls never end
 * @param slowCall the time from which a call counts as slow
 * @param maxCalls the maximum number of concurrent calls; further reads go to DynamoDB
 * @param retryAfter how long all reads go to DynamoDB after half of the last calls failed or most were slow
 */
@ConfigurationProperties("towline.dax")
record DaxSettings(
        @DefaultValue List<URI> urls,
        @DefaultValue({"incidents", "vendors"}) Set<String> tables,
        @DefaultValue("5m") Duration itemTtl,
        @DefaultValue("250ms") Duration timeLimit,
        @DefaultValue("50ms") Duration slowCall,
        @DefaultValue("128") int maxCalls,
        @DefaultValue("5s") Duration retryAfter) {

    /** A floor may end up to a second early, because Caffeine does not prolong it for each write. */
    private static final Duration SLACK = Duration.ofSeconds(5);

    DaxSettings {
        urls = List.copyOf(urls);
        tables = Set.copyOf(tables);
        require(urls.stream().allMatch(DaxSettings::isSeed), "urls", "must be dax://host:port or daxs://host:port");
        require(
                urls.stream().map(URI::getScheme).distinct().count() <= 1,
                "urls",
                "must all be dax:// or all be daxs://, because they are seeds of one cluster");
        require(
                isPositive(itemTtl),
                "item-ttl",
                "must be longer than zero, because DAX would show old states for ever");
        require(isPositive(timeLimit), "time-limit", "must be longer than zero");
        require(isPositive(slowCall), "slow-call", "must be longer than zero");
        require(maxCalls >= 1, "max-calls", "must be at least 1");
        require(isPositive(retryAfter), "retry-after", "must be longer than zero");
    }

    /** How much older than the newest write an item from DAX may be: DAX loads it with eventual consistency. */
    Duration lag() {
        return itemTtl.plus(VersionFloors.LAG);
    }

    /** @throws IllegalArgumentException if the floors expire before DAX has lost the state from before a write */
    void checkRetention(DynamoSettings dynamo) {
        require(
                urls.isEmpty() || dynamo.floorRetention().compareTo(lag().plus(SLACK)) >= 0,
                "item-ttl",
                "must be at least %d s shorter than towline.dynamo.floor-retention"
                        .formatted(VersionFloors.LAG.plus(SLACK).toSeconds()));
    }

    /**
     * Checks the names of the tables.
     *
     * @param readable the tables that can be read through DAX: those without a sort key, whose entities have version floors
     * @throws IllegalArgumentException if there is another one
     */
    void checkTables(Set<String> readable) {
        for (String table : tables) {
            require(
                    readable.contains(table),
                    "tables",
                    "'%s' cannot be read through DAX; possible are %s".formatted(table, String.join(", ", readable)));
        }
    }

    private static boolean isSeed(URI url) {
        return ("dax".equals(url.getScheme()) || "daxs".equals(url.getScheme())) && url.getHost() != null;
    }

    private static boolean isPositive(Duration duration) {
        return duration.compareTo(Duration.ZERO) > 0;
    }

    private static void require(boolean holds, String setting, String requirement) {
        if (!holds) {
            throw new IllegalArgumentException("towline.dax." + setting + ": " + requirement);
        }
    }
}
