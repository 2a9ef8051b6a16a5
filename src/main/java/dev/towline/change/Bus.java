package dev.towline.change;

import dev.towline.redis.Channel;
import dev.towline.store.Change;
import dev.towline.store.ChangeFeed;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends the messages of this instance to all other instances, and detects whether it may have missed messages of others. It does not interpret payloads: the {@link BusListener}
 * receives those of other instances. The protocol is in the description of this package. Thread-safe.
 */
public final class Bus implements ChangeFeed {

    private final long self = new SecureRandom().nextLong();
    private final Channel channel;
    private final CoherenceSettings settings;
    private final LongSupplier nanos;
    private final ProvenTime proof;
    private final Sender sender;
    private final Receiver.Dependencies dependencies;
    private final BusListener listener;
    private @Nullable BusThreads threads;
    private volatile @Nullable Receiver receiver;

    Bus(Channel channel, CoherenceSettings settings, MeterRegistry meters, InstantSource clock, BusListener listener) {
        this.channel = channel;
        this.settings = settings;
        this.listener = listener;
        long origin = System.nanoTime();
        nanos = () -> System.nanoTime() - origin;
        proof = new ProvenTime(nanos, settings);
        BusMetrics metrics = BusMetrics.in(meters, proof::holds);
        sender = new Sender(self, new Sender.Dependencies(channel, nanos, clock, metrics));
        dependencies = new Receiver.Dependencies(settings, nanos, clock, proof, metrics, listener);
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
     * {@link #publish(byte[])} for a message about these changes, which its payload contains. The listener learns of them {@linkplain
     * BusListener#published when they are numbered}.
     */
    void publish(byte[] payload, List<Change> changes) {
        send(payload, changes).toCompletableFuture().join();
    }

    /**
     * Uses up a number for a message without changes. An instance that knows of this number has received everything that was published
     * before. Does not wait for Redis; never throws.
     */
    void mark() {
        var _ = send(MessageKind.CHANGES.encode(List.of()), List.of());
    }

    private CompletionStage<?> send(byte[] payload, List<Change> changes) {
        return sender.send(payload, number -> listener.published(self, number, changes));
    }

    /**
     * Whether the messages of other instances provably arrive: every message that they published longer ago than {@code
     * towline.coherence.silence} was {@linkplain BusListener#received received} or {@linkplain BusListener#missed reported as missed}.
     * Never blocks; cheap.
     */
    @Override
    public boolean isProven() {
        return proof.holds();
    }

    /**
     * Whether the bus is proven and the subscription is at least {@code towline.coherence.silence} old. By then every other live instance
     * has sent a heartbeat, so the gaps from before the subscription have been reported. Never blocks; cheap.
     */
    public boolean isSettled() {
        Receiver current = receiver;
        return current != null && current.hasHeardAll() && isProven();
    }

    /**
     * The number of other live instances, without those that said goodbye and those that have been silent for twice {@code
     * towline.coherence.silence}. Never blocks; cheap.
     */
    public int otherInstanceCount() {
        Receiver current = receiver;
        return current == null ? 0 : current.others();
    }

    /** The maximum time until this instance detects that another one stopped without a goodbye. */
    public Duration maxLossDetectionTime() {
        return settings.silence().multipliedBy(2).plus(settings.heartbeat());
    }

    /** The id of this process among publishers: a random number in hexadecimal digits. */
    public String instanceId() {
        return HexFormat.of().toHexDigits(self);
    }

    /** Starts receiving and sending heartbeats, unless already started. Returns at once. */
    synchronized void start() {
        if (threads == null) {
            Receiver started = new Receiver(self, dependencies);
            receiver = started;
            threads = new BusThreads(new BusThreads.Parts(channel, sender, started, settings, nanos));
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
            receiver = null;
        }
    }

    synchronized boolean isRunning() {
        return threads != null;
    }
}
