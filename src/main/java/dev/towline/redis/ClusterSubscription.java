package dev.towline.redis;

import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.models.partitions.Partitions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A subscription in a cluster. Lettuce renews a lost connection to the same node only, and not where several sharded channels share it. So
 * after a disturbance (a lost connection, a channel whose slot has moved) this class finds out who the masters are and
 * subscribes to each channel again. To subscribe twice does no harm. Each acknowledgement is reported, because messages may be lost before it.
 *
 * <p>{@link #renew} and {@link #close} are for one thread at a time, and block. The listeners are called by Lettuce's threads.
 */
final class ClusterSubscription implements RedisPubSubListener<byte[], byte[]>, RedisConnectionStateListener {

    /** The channel that carries the marks. */
    static final int COMMON = 0;

    /** Stands among the channels for the ordinary channel that carries the marks, while the channels are sharded. */
    private static final int MARKS = -1;

    /** Nothing that anybody can read. */
    private static final byte[] UNREADABLE = {};

    private final RedisClusterClient client;
    private final Wanted wanted;
    private final StatefulRedisClusterPubSubConnection<byte[], byte[]> connection;

    /** The channels without a subscription that stands. */
    private final Set<Integer> missing = ConcurrentHashMap.newKeySet();

    private volatile boolean disturbed;

    /** @param channels the numbers of the channels to subscribe to */
    record Wanted(ChannelNames names, Set<Integer> channels, ChannelSet.Subscriber subscriber, boolean areSharded) {}

    /** Connects, without subscribing yet. Blocking. */
    ClusterSubscription(RedisClusterClient client, Wanted wanted) {
        this.client = client;
        this.wanted = wanted;
        connection = client.connectPubSub(ByteArrayCodec.INSTANCE);
        connection.addListener((RedisPubSubListener<byte[], byte[]>) this);
        client.addListener(this);
        missing.addAll(all());
    }

    /** The nodes that take writes. */
    static List<RedisClusterNode> masters(Partitions partitions) {
        return partitions.stream()
                .filter(node -> node.is(RedisClusterNode.NodeFlag.UPSTREAM) && !node.hasNoSlots())
                .toList();
    }

    /** Whether all subscriptions seem to stand. */
    boolean isComplete() {
        return missing.isEmpty();
    }

    /** Whether a server may have been replaced since the last call. */
    boolean wasDisturbed() {
        boolean was = disturbed;
        disturbed = false;
        return was;
    }

    /** Subscribes to what is missing. A node that cannot be reached does not hinder the channels of the others. */
    void renew() {
        if (missing.isEmpty()) {
            return;
        }
        disturbed = true;
        client.refreshPartitions();
        Map<Integer, CompletableFuture<?>> asked = new HashMap<>();
        for (int channel : Set.copyOf(missing)) {
            // before the question: what is lost after the answer is missing again
            missing.remove(channel);
            asked.put(channel, subscribe(channel).toCompletableFuture());
        }
        asked.forEach((channel, answer) -> answer.exceptionally(failure -> {
            missing.add(channel);
            throw new CompletionException(failure);
        }));
        CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
                .join();
    }

    private RedisFuture<Void> subscribe(int channel) {
        if (channel == MARKS) {
            return connection.async().subscribe(wanted.names.name(COMMON));
        }
        byte[] name = wanted.names.name(channel);
        return wanted.areSharded
                ? connection.async().ssubscribe(name)
                : connection.async().subscribe(name);
    }

    private Set<Integer> all() {
        Set<Integer> all = new HashSet<>(wanted.channels);
        if (wanted.areSharded) {
            all.add(MARKS);
        }
        return all;
    }

    void close() {
        client.removeListener(this);
        try {
            connection.close();
        } catch (RuntimeException e) {
            // It had already ended.
        }
    }

    /**
     * The connection to the cluster carries only the marks, and those to its nodes the sharded channels. Connections without subscriptions are
     * also those that look for the masters, so losing one only tells to ask who the servers are.
     */
    @Override
    public void onRedisDisconnected(RedisChannelHandler<?, ?> lost) {
        if (lost instanceof StatefulRedisClusterPubSubConnection<?, ?> && wanted.areSharded) {
            missing.add(MARKS);
        } else if (lost instanceof StatefulRedisPubSubConnection<?, ?>) {
            missing.addAll(all());
        }
        disturbed = true;
    }

    @Override
    public void message(byte[] channel, byte[] message) {
        if (!wanted.areSharded) {
            wanted.subscriber.received(wanted.names.number(channel), message);
        } else if (!Arrays.equals(message, ClusterChannelSet.MARK)) {
            wanted.subscriber.received(COMMON, UNREADABLE);
        }
    }

    @Override
    public void subscribed(byte[] channel, long count) {
        if (!wanted.areSharded) {
            wanted.subscriber.subscribed(wanted.names.number(channel));
        }
    }

    @Override
    public void smessage(byte[] channel, byte[] message) {
        wanted.subscriber.received(wanted.names.number(channel), message);
    }

    @Override
    public void ssubscribed(byte[] channel, long count) {
        wanted.subscriber.subscribed(wanted.names.number(channel));
    }

    /** The node has told that it has the slot of the channel no more. */
    @Override
    public void sunsubscribed(byte[] channel, long count) {
        missing.add(wanted.names.number(channel));
    }

    @Override
    public void message(byte[] pattern, byte[] channel, byte[] message) {
        // no patterns are subscribed to
    }

    @Override
    public void psubscribed(byte[] pattern, long count) {
        // no patterns are subscribed to
    }

    @Override
    public void unsubscribed(byte[] channel, long count) {
        // never done
    }

    @Override
    public void punsubscribed(byte[] pattern, long count) {
        // no patterns are subscribed to
    }
}
