package dev.towline.redis;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.async.RedisAdvancedClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Channels of a Redis cluster. If every master has version 7 or newer, they are sharded channels: the name of a channel decides its node, and
 * other nodes have no work with it (https://redis.io/docs/latest/develop/pubsub/#sharded-pubsub). Else they are ordinary channels, whose
 * messages reach every node.
 *
 * <p>Instances that use different kinds cannot hear each other. So while the channels are sharded, {@link #tend} sends a mark on the
 * ordinary channel 0, which is no frame of anybody. Whoever uses ordinary channels takes it for a message that it cannot read, and the other
 * way round.
 */
final class ClusterChannelSet implements ChannelSet {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterChannelSet.class);

    /** Sharded channels came with this version. */
    static final int SHARDED_SINCE = 7;

    static final byte[] MARK = "these channels are sharded".getBytes(StandardCharsets.US_ASCII);

    private final LettuceConnectionFactory connections;
    private final ChannelNames names;
    private final int shardedSince;

    private @Nullable ClusterSubscription subscription;
    private volatile @Nullable Sending sending;

    ClusterChannelSet(LettuceConnectionFactory connections, ChannelNames names) {
        this(connections, names, SHARDED_SINCE);
    }

    /** @param shardedSince the lowest major version of all masters with which the channels are sharded */
    ClusterChannelSet(LettuceConnectionFactory connections, ChannelNames names, int shardedSince) {
        this.connections = connections;
        this.names = names;
        this.shardedSince = shardedSince;
    }

    private record Sending(RedisAdvancedClusterAsyncCommands<byte[], byte[]> commands, boolean isSharded) {}

    @Override
    public synchronized void subscribe(Set<Integer> channels, Subscriber subscriber) {
        ClusterSubscription present = subscription;
        try {
            if (present == null || present.isComplete()) {
                unsubscribe();
                present = open(channels, subscriber);
                subscription = present;
            }
            present.renew();
        } catch (RuntimeException e) {
            throw new RedisDown(e);
        }
    }

    private ClusterSubscription open(Set<Integer> channels, Subscriber subscriber) {
        RedisClusterClient client = client();
        client.refreshPartitions();
        boolean isSharded = areAllSharded(look());
        Sending present = sending;
        if (present == null || present.isSharded != isSharded) {
            LOG.info("The channels of the Redis cluster are {}", isSharded ? "sharded" : "ordinary ones");
        }
        ClusterSubscription opened =
                new ClusterSubscription(client, new ClusterSubscription.Wanted(names, channels, subscriber, isSharded));
        sending = new Sending(commands(), isSharded);
        return opened;
    }

    @Override
    public synchronized boolean tend() {
        ClusterSubscription present = subscription;
        Sending connected = sending;
        if (present == null || connected == null) {
            return false;
        }
        try {
            if (connected.isSharded) {
                var _ = connected.commands.publish(names.name(ClusterSubscription.COMMON), MARK);
            }
            present.renew();
            return present.wasDisturbed();
        } catch (RuntimeException e) {
            throw new RedisDown(e);
        }
    }

    @Override
    public CompletionStage<?> send(int channel, byte[] message) {
        Sending connected = sending;
        if (connected == null) {
            return CompletableFuture.failedFuture(
                    new RedisDown(new DataAccessResourceFailureException("not connected yet")));
        }
        byte[] name = names.name(channel);
        try {
            return connected.isSharded
                    ? connected.commands.spublish(name, message)
                    : connected.commands.publish(name, message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(new RedisDown(e));
        }
    }

    @Override
    public synchronized String servers() {
        Map<String, ServerInfo> masters;
        try {
            masters = look();
        } catch (RuntimeException e) {
            // another one may have taken over, which others than the one that failed can tell
            var _ = client().refreshPartitionsAsync();
            throw new RedisDown(e);
        }
        Sending connected = sending;
        if (connected != null && connected.isSharded != areAllSharded(masters)) {
            unsubscribe();
        }
        return masters.entrySet().stream()
                .map(master -> master.getKey() + '=' + master.getValue().runId())
                .collect(Collectors.joining(","));
    }

    private boolean areAllSharded(Map<String, ServerInfo> masters) {
        return masters.values().stream().allMatch(master -> master.majorVersion() >= shardedSince);
    }

    /** All masters by their ids in the cluster. Blocking. */
    private Map<String, ServerInfo> look() {
        RedisAdvancedClusterAsyncCommands<byte[], byte[]> commands = commands();
        Map<String, RedisFuture<String>> asked = new TreeMap<>();
        for (RedisClusterNode master : ClusterSubscription.masters(client().getPartitions())) {
            RedisURI address = master.getUri();
            asked.put(
                    master.getNodeId(),
                    commands.getConnection(address.getHost(), address.getPort()).info("server"));
        }
        if (asked.isEmpty()) {
            throw new IllegalStateException("the cluster has no master");
        }
        Map<String, ServerInfo> masters = new TreeMap<>();
        asked.forEach((id, info) ->
                masters.put(id, ServerInfo.parse(info.toCompletableFuture().join())));
        return masters;
    }

    private RedisClusterClient client() {
        return (RedisClusterClient) connections.getRequiredNativeClient();
    }

    @SuppressWarnings("unchecked") // Spring's connections have byte arrays
    private RedisAdvancedClusterAsyncCommands<byte[], byte[]> commands() {
        try (LettuceConnection connection = (LettuceConnection) connections.getClusterConnection()) {
            return (RedisAdvancedClusterAsyncCommands<byte[], byte[]>) connection.getNativeConnection();
        }
    }

    @Override
    public synchronized void unsubscribe() {
        ClusterSubscription present = subscription;
        subscription = null;
        if (present != null) {
            present.close();
        }
    }
}
