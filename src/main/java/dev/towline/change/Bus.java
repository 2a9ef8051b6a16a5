package dev.towline.change;

import dev.towline.redis.ChannelSet;
import dev.towline.store.Change;
import dev.towline.store.ChangeFeed;
import dev.towline.store.EntityKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of this instance to all other instances, and detects whether it may have missed messages of others. It does not interpret payloads: the {@link BusListener}
 * receives those of other instances. The protocol is in the description of this package. Thread-safe.
 */
public final class Bus implements ChangeFeed {

    private final ChannelSet channels;
    private final Shards shards;
    private final CoherenceSettings settings;
    private final LongSupplier nanos;

    /** In the order of their numbers. */
    private final List<BusShard> parts;

    private final Set<Integer> heard;
    private final Receiver.Dependencies dependencies;
    private @Nullable BusThreads threads;
    private volatile @Nullable Receivers receivers;

    Bus(
            ChannelSet channels,
            CoherenceSettings settings,
            MeterRegistry meters,
            InstantSource clock,
            BusListener listener) {
        this(channels, settings, settings.sharding().all(), meters, clock, listener);
    }

    /** @param heard the shards that this instance listens to, the common one among them; it can never prove the others */
    Bus(
            ChannelSet channels,
            CoherenceSettings settings,
            Set<Integer> heard,
            MeterRegistry meters,
            InstantSource clock,
            BusListener listener) {
        this.channels = channels;
        this.settings = settings;
        this.heard = heard;
        shards = settings.sharding();
        long origin = System.nanoTime();
        nanos = () -> System.nanoTime() - origin;
        BusMetrics metrics = BusMetrics.in(meters, this::isProven);
        dependencies = new Receiver.Dependencies(shards, settings, nanos, clock, metrics, listener);
        parts = shards.all().stream()
                .sorted()
                .map(shard -> BusShard.of(shard, channels, dependencies))
                .toList();
    }

    /**
     * Sends a message to every other instance. Blocks until Redis has accepted it, at most for the command time-out, and not at all without
     * a connection. Never throws: the bus counts each message that Redis did not accept and logs the first of several in a row, and the
     * next heartbeat shows the gap to the other instances. Messages published one after another arrive in that order.
     */
    public void publish(byte[] payload) {
        publish(payload, List.of());
    }

    /**
     * {@link #publish(byte[])} for a message about the changes of a write, which its payload contains: to those that listen to the shard of
     * one of them. The listener learns of them {@linkplain BusListener#published when they are numbered}.
     */
    void publish(byte[] payload, List<Change> write) {
        send(shards.of(write), payload, write).join();
    }

    /**
     * Uses up a number in each shard for a message without changes. An instance that knows of these numbers has received everything that was
     * published before. Does not wait for Redis; never throws.
     */
    void mark() {
        var _ = send(shards.all(), MessageKind.CHANGES.encode(List.of()), List.of());
    }

    private CompletableFuture<?> send(Collection<Integer> to, byte[] payload, List<Change> write) {
        return CompletableFuture.allOf(
                to.stream().map(shard -> parts.get(shard).send(payload, write)).toArray(CompletableFuture<?>[]::new));
    }

    /**
     * Whether the messages of other instances provably arrive: every message that they published longer ago than {@code
     * towline.coherence.silence} was {@linkplain BusListener#received received} or {@linkplain BusListener#missed reported as missed}.
     * Never blocks; cheap.
     */
    @Override
    public boolean isProven() {
        for (BusShard part : parts) {
            if (!part.proof().holds()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean isProven(EntityKey entity) {
        return parts.get(shards.of(entity)).proof().holds();
    }

    /**
     * Whether the bus is proven and the subscription is at least {@code towline.coherence.silence} old. By then every other live instance
     * has sent a heartbeat, so the gaps from before the subscription have been reported. Never blocks; cheap.
     */
    public boolean isSettled() {
        Receivers current = receivers;
        return current != null && current.hasHeardAll() && isProven();
    }

    /**
     * The number of other live instances, without those that said goodbye and those that have been silent for twice {@code
     * towline.coherence.silence}. Never blocks; cheap.
     */
    public int otherInstanceCount() {
        Receivers current = receivers;
        return current == null ? 0 : current.others();
    }

    /** The maximum time until this instance detects that another one stopped without a goodbye. */
    public Duration maxLossDetectionTime() {
        return settings.silence().multipliedBy(2).plus(settings.heartbeat());
    }

    /** The id of this process among the publishers of the common shard: a random number in hexadecimal digits. */
    public String instanceId() {
        return HexFormat.of().toHexDigits(parts.get(Shards.COMMON).self());
    }

    /** Starts receiving and sending heartbeats, unless already started. Returns at once. */
    synchronized void start() {
        if (threads == null) {
            Map<Integer, Receiver> byShard = heard.stream()
                    .collect(Collectors.toMap(
                            Function.identity(), shard -> parts.get(shard).receiver(dependencies)));
            Receivers started = new Receivers(byShard, dependencies);
            receivers = started;
            List<Sender> senders = parts.stream().map(BusShard::sender).toList();
            threads = new BusThreads(new BusThreads.Parts(channels, senders, started, settings, nanos, this::isProven));
            threads.start();
        }
    }

    /**
     * Sends a goodbye and stops receiving. {@link #publish} still works, and the bus can be started again. Blocks for at most some seconds.
     */
    synchronized void stop() {
        if (threads != null) {
            threads.stop();
            threads = null;
            receivers = null;
        }
    }

    synchronized boolean isRunning() {
        return threads != null;
    }
}
