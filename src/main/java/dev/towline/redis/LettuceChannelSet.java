package dev.towline.redis;

import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.redis.connection.Message;
import org.springframework.data.redis.connection.MessageListener;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.SubscriptionListener;
import org.springframework.data.redis.connection.lettuce.LettuceConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Subscribes on its own connection, which Lettuce renews with the subscription, and sends on the shared connection of all commands. */
final class LettuceChannelSet implements ChannelSet {

    private final LettuceConnectionFactory connections;
    private final List<byte[]> names;

    /** The channels by their names. */
    private final Map<ByteBuffer, Integer> channels = new HashMap<>();

    private @Nullable RedisConnection subscription;
    private volatile @Nullable BaseRedisAsyncCommands<byte[], byte[]> commands;

    LettuceChannelSet(LettuceConnectionFactory connections, List<byte[]> names) {
        this.connections = connections;
        this.names = names;
        for (int channel = 0; channel < names.size(); channel++) {
            channels.put(ByteBuffer.wrap(names.get(channel)), channel);
        }
    }

    private record Listener(Map<ByteBuffer, Integer> channels, Subscriber subscriber)
            implements MessageListener, SubscriptionListener {

        @Override
        public void onMessage(Message message, byte @Nullable [] pattern) {
            subscriber.received(channel(message.getChannel()), message.getBody());
        }

        @Override
        public void onChannelSubscribed(byte[] channel, long count) {
            subscriber.subscribed(channel(channel));
        }

        private int channel(byte[] name) {
            return Objects.requireNonNull(channels.get(ByteBuffer.wrap(name)));
        }
    }

    @Override
    public synchronized void subscribe(Set<Integer> channels, Subscriber subscriber) {
        unsubscribe();
        try {
            RedisConnection connection = connections.getConnection();
            subscription = connection;
            commands = ((LettuceConnection) connection).getNativeConnection();
            connection.subscribe(
                    new Listener(this.channels, subscriber),
                    channels.stream().map(names::get).toArray(byte[][]::new));
        } catch (RuntimeException e) {
            unsubscribe();
            throw new RedisDown(e);
        }
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
            return connected.publish(names.get(channel), message);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(new RedisDown(e));
        }
    }

    @Override
    public String servers() {
        return runIds(Commands.call(() -> {
            try (RedisConnection connection = connections.getConnection()) {
                return connection.serverCommands().info("server");
            }
        }));
    }

    /** The run id of the server, or of each node of a cluster, where the property names have the address as a prefix. */
    private static String runIds(@Nullable Properties info) {
        Map<String, String> runIds = new TreeMap<>();
        if (info != null) {
            info.stringPropertyNames().stream()
                    .filter(property -> property.endsWith("run_id"))
                    .forEach(property -> runIds.put(property, info.getProperty(property)));
        }
        return runIds.toString();
    }

    @Override
    public synchronized void unsubscribe() {
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
