package dev.towline.redis;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.data.redis.autoconfigure.DataRedisProperties;

/** Which of Spring Boot's settings of a Redis connection Towline works with: one server, Sentinel or a cluster, and always the masters. */
final class SupportedConnections {

    private static final String PREFIX = "spring.data.redis.";

    /** All names of the master in Lettuce; letters and digits as Boot reads them. */
    private static final Set<String> MASTER = Set.of("master", "upstream");

    private SupportedConnections() {}

    /** @throws IllegalArgumentException with the name of a setting that does not fit */
    static void check(DataRedisProperties connection) {
        refuseIf(
                connection.getMasterreplica() != null,
                "masterreplica.nodes",
                "the list would not follow when a replica takes over; set sentinel.nodes and sentinel.master, or host"
                        + " to an address that follows");
        checkReadFrom(connection.getLettuce().getReadFrom());
        if (connection.getCluster() != null) {
            refuseIf(connection.getSentinel() != null, "cluster.nodes", "cannot be combined with sentinel.nodes");
            refuseIf(connection.getUrl() != null, "cluster.nodes", "cannot be combined with url");
            refuseIf(
                    connection.getDatabase() != 0,
                    "database",
                    "must be 0 with cluster.nodes, because a cluster has no other");
        }
        refuseIf(
                connection.getSentinel() != null && connection.getUrl() != null,
                "sentinel.nodes",
                "cannot be combined with url");
    }

    private static void checkReadFrom(@Nullable String readFrom) {
        boolean isMaster = readFrom == null
                || MASTER.contains(readFrom.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT));
        refuseIf(
                !isMaster,
                "lettuce.read-from",
                "must be upstream, because a replica may be older than what was acknowledged");
    }

    private static void refuseIf(boolean isWrong, String setting, String reason) {
        if (isWrong) {
            throw new IllegalArgumentException(PREFIX + setting + ": " + reason);
        }
    }
}
