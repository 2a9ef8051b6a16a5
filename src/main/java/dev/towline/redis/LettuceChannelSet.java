package dev.towline.redis;

import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.SubscriptionListener;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Channels of one server at a time. Subscribes on its own connection, which Lettuce renews with the subscription, and sends on the shared
 * connection of all commands. If the server has become a replica, all connections are opened anew, because the address or Sentinel may lead to
 * another server now.
 */
final class LettuceChannelSet implements ChannelSet {

    private static final Logger LOG = LoggerFactory.getLogger(LettuceChannelSet.class);

    private final LettuceConnectionFactory connections;
    private final ChannelNames names;

    private @Nullable Wanted wanted;
    private @Nullable RedisConnection subscription;
    private volatile @Nullable BaseRedisAsyncCommands<byte[], byte[]> commands;

    LettuceChannelSet(LettuceConnectionFactory connections, ChannelNames names) {
        this.connections = connections;
        this.names = names;
    }

    private record Wanted(Set<Integer> channels, Subscriber subscriber) {}

    private record Listener(ChannelNames names, Subscriber subscriber)
            implements MessageListener, SubscriptionListener {

        @Override
        public void onMessage(Message message, byte @Nullable [] pattern) {
            subscriber.received(names.number(message.getChannel()), message.getBody());
        }

        @Override
        public void onChannelSubscribed(byte[] channel, long count) {
            subscriber.subscribed(names.number(channel));
        }
    }

    @Override
    public synchronized void subscribe(Set<Integer> channels, Subscriber subscriber) {
        close();
        wanted = new Wanted(channels, subscriber);
        try {
            RedisConnection connection = connections.getConnection();
            subscription = connection;
            commands = ((LettuceConnection) connection).getNativeConnection();
            connection.subscribe(new Listener(names, subscriber), names.names(channels));
        } catch (RuntimeException e) {
            close();
            throw new RedisDown(e);
        }
    }

    @Override
    public synchronized boolean tend() {
        Wanted lost = wanted;
        if (subscription != null || lost == null) {
            return false;
        }
        subscribe(lost.channels, lost.subscriber);
        return true;
    }

    /**
     * Calls Lettuce directly, because Spring's template would wait for each answer before the next message. The client itself ends a command
     * after the command time-out, with a timer that wakes no thread.
     */
    @Override
    public CompletionStage<?> send(int channel, byte[] message) {
        BaseRedisAsyncCommands<byte[], byte[]> connected = commands;
        if (connected == null) {
            return CompletableFuture.failedFuture(
                    new RedisDown(new DataAccessResourceFailureException("not connected yet")));
        }
        try {
            return connected.publish(names.name(channel), message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(new RedisDown(e));
        }
    }

    @Override
    public String servers() {
        Properties server = info("server");
        if (info("replication").getProperty("role", "").equals("slave")) {
            leaveReplica();
        }
        return ServerInfo.of(server).runId();
    }

    private Properties info(String section) {
        return Objects.requireNonNull(Commands.call(() -> {
            try (RedisConnection connection = connections.getConnection()) {
                return connection.serverCommands().info(section);
            }
        }));
    }

    private synchronized void leaveReplica() {
        LOG.warn("The Redis server of this instance has become a replica. Connecting anew");
        close();
        connections.resetConnection();
        throw new RedisDown(new DataAccessResourceFailureException("a replica takes no writes"));
    }

    @Override
    public synchronized void unsubscribe() {
        wanted = null;
        close();
    }

    private void close() {
        RedisConnection subscribed = subscription;
        if (subscribed == null) {
            return;
        }
        subscription = null;
        try {
            subscribed.close();
        } catch (RuntimeException e) {
            // The connection and its subscription had already ended.
        }
    }
}
