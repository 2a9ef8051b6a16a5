package dev.towline.localdax;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * What a cluster is made of. {@link LocalDaxBuilder} has the defaults.
 *
 * @param dynamoEndpoint null for DynamoDB of AWS
 * @param region null for that of the environment, as the SDK finds it
 * @param credentials null for those of the environment, as the SDK finds them
 * @param dynamoConnections the most at a time, and with it the most requests that DynamoDB is asked at a time
 * @param address where the nodes listen
 * @param advertisedAddress where clients reach the nodes
 * @param port of the first node; the others take the next free ones. 0 for any that is free; null for the first free one from 8111 on
 * @param pinned whether each node advertises itself alone, so that a client stays with the node whose URL it was given
 * @param itemTimeToLive zero if items never expire, as in DAX
 * @param queryTimeToLive zero if pages never expire, as in DAX
 * @param itemCacheBytes for each node
 * @param queryCacheBytes for each node
 * @param replicationDelay until the other nodes see a write
 * @param lastOneWins whether an operation that ends last is cached even if its value may be the older one
 * @param attributeListFile keeps the lists of attribute names that clients hold on to for the next start in another JVM; null if there is
 *     none
 */
public record DaxSettings(
        @Nullable URI dynamoEndpoint,
        @Nullable Region region,
        @Nullable AwsCredentialsProvider credentials,
        int dynamoConnections,
        InetAddress address,
        InetAddress advertisedAddress,
        @Nullable Integer port,
        int nodes,
        boolean pinned,
        boolean itemCache,
        boolean queryCache,
        Duration itemTimeToLive,
        Duration queryTimeToLive,
        long itemCacheBytes,
        long queryCacheBytes,
        Duration replicationDelay,
        boolean lastOneWins,
        InstantSource clock,
        @Nullable Path attributeListFile,
        WireLimits limits) {

    private static final int MAXIMUM_PORT = 65_535;
    /** As many as DAX allows: one primary node and ten replicas. */
    private static final int MAXIMUM_NODES = 11;

    public DaxSettings {
        require(
                dynamoEndpoint == null || (dynamoEndpoint.isAbsolute() && dynamoEndpoint.getHost() != null),
                "dynamoEndpoint must be an absolute URL",
                dynamoEndpoint);
        require(dynamoConnections > 0, "dynamoConnections must be positive", dynamoConnections);
        require(
                !advertisedAddress.isAnyLocalAddress(),
                "advertisedAddress must be one that clients reach",
                advertisedAddress.getHostAddress());
        require(port == null || (port >= 0 && port <= MAXIMUM_PORT), "port must be from 0 to " + MAXIMUM_PORT, port);
        require(nodes >= 1 && nodes <= MAXIMUM_NODES, "nodes must be from 1 to " + MAXIMUM_NODES, nodes);
        require(!itemTimeToLive.isNegative(), "itemTimeToLive must not be negative", itemTimeToLive);
        require(!queryTimeToLive.isNegative(), "queryTimeToLive must not be negative", queryTimeToLive);
        require(itemCacheBytes > 0, "itemCacheBytes must be positive", itemCacheBytes);
        require(queryCacheBytes > 0, "queryCacheBytes must be positive", queryCacheBytes);
        require(!replicationDelay.isNegative(), "replicationDelay must not be negative", replicationDelay);
    }

    private static void require(boolean holds, String demand, @Nullable Object value) {
        if (!holds) {
            throw new IllegalArgumentException(demand + ": " + value);
        }
    }
}
