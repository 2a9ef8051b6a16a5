package dev.towline.change;

import dev.towline.redis.Channel;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Carries messages from each instance to all others, and knows whether they arrive. It does not know what a message says; what comes
 * from other instances goes to its {@link BusListener}. Thread-safe.
 */
public final class Bus {

    private final long self = new SecureRandom().nextLong();
    private final Channel channel;
    private final CoherenceSettings settings;
    private final LongSupplier nanos;
    private final ProvenTime proof;
    private final Sender sender;
    private final Receiver.Surroundings surroundings;
    private @Nullable BusThreads pulse;
    private volatile @Nullable Receiver receiver;

    Bus(Channel channel, CoherenceSettings settings, MeterRegistry meters, InstantSource clock, BusListener listener) {
        this.channel = channel;
        this.settings = settings;
        long origin = System.nanoTime();
        nanos = () -> System.nanoTime() - origin;
        proof = new ProvenTime(nanos, settings);
        BusMetrics metrics = BusMetrics.in(meters, proof::holds);
        sender = new Sender(self, new Sender.Surroundings(channel, nanos, clock, metrics));
        surroundings = new Receiver.Surroundings(settings, nanos, clock, proof, metrics, listener);
    }

    /**
     * Tells every other instance. Returns when Redis has taken it; blocks no longer than a Redis command may, and not at all while there
     * is no connection. Never throws: a message that Redis did not take is counted and logged, and by the next heartbeat that arrives the
     * others know that they have missed it. What one thread publishes after another arrives in that order.
     */
    public void publish(byte[] payload) {
        sender.publish(payload);
    }

    /**
     * Whether what other instances write is known to arrive here: everything that they published longer than the silence (see {@code
     * towline.coherence.silence}) ago has been {@linkplain BusListener#heard heard}, or {@linkplain BusListener#missed missed}. Never
     * blocks; cheap.
     */
    public boolean isProven() {
        return proof.holds();
    }

    /**
     * Whether it is proven, and has listened for as long as an instance may be silent. Whoever begins to listen misses what each of the
     * others has said before, and learns so when it first hears of it: by now it has. Never blocks; cheap.
     */
    public boolean isSettled() {
        Receiver heard = receiver;
        return heard != null && heard.hasHeardAll() && isProven();
    }

    /**
     * How many other instances are heard at present: those that have left are not among them, nor those that have been silent for twice
     * the silence. Never blocks; cheap.
     */
    public int others() {
        Receiver heard = receiver;
        return heard == null ? 0 : heard.others();
    }

    /** How long it takes at most until it is noticed that another instance is gone without a goodbye. */
    public Duration noticesLossWithin() {
        return settings.silence().multipliedBy(2).plus(settings.heartbeat());
    }

    /** What identifies this process among publishers: a random number in hexadecimal digits. */
    public String instance() {
        return HexFormat.of().toHexDigits(self);
    }

    /** Begins to listen and to send heartbeats; returns at once. Nothing if it has begun. */
    synchronized void start() {
        if (pulse == null) {
            Receiver begun = new Receiver(self, surroundings);
            receiver = begun;
            pulse = new BusThreads(new BusThreads.Parts(channel, sender, begun, settings, nanos));
            pulse.start();
        }
    }

    /** Says goodbye and listens no more; publishing still works, and it may start again. Blocks for some seconds at most. */
    synchronized void stop() {
        if (pulse != null) {
            pulse.stop();
            pulse = null;
            receiver = null;
        }
    }

    synchronized boolean isRunning() {
        return pulse != null;
    }
}
