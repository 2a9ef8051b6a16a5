package dev.towline.change;

import dev.towline.change.Frame.Header;
import dev.towline.change.Frame.Kind;
import dev.towline.redis.Channel;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Numbers what this instance publishes and sends it in that order. Thread-safe. */
final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    /** What it works with. */
    record Surroundings(Channel channel, LongSupplier nanos, InstantSource clock, BusMetrics metrics) {}

    private final long self;
    private final Surroundings surroundings;

    /** Guarded by this, which is held while a frame is numbered and handed over, never while Redis is waited for. */
    private long sequence;

    /** Whether a goodbye is the last that was said. Guarded by this. */
    private boolean gone;

    private volatile boolean refused;

    /** @param self this instance among publishers */
    Sender(long self, Surroundings surroundings) {
        this.self = self;
        this.surroundings = surroundings;
    }

    /**
     * Sends a message; returns when Redis has taken it, or has not within the time-out of commands. Then its number shows the others
     * that they miss it. Never throws.
     */
    void publish(byte[] payload) {
        try {
            sendMessage(payload).toCompletableFuture().join();
            surroundings.metrics.sent().increment();
            refused = false;
        } catch (RuntimeException e) {
            surroundings.metrics.unsent().increment();
            note(e);
        }
    }

    /** Says that this instance is there, and how far it is. Returns at once; whether Redis takes it shows when it comes back. */
    synchronized void heartbeat() {
        gone = false;
        var _ = surroundings.channel.send(Frame.heartbeat(header(Kind.HEARTBEAT), surroundings.nanos.getAsLong())
                .encode());
    }

    /**
     * Says that this instance leaves, after all that it has published. What it publishes nevertheless is followed by another goodbye, so
     * that nobody waits for it to go on. Blocks no longer than a Redis command may; never throws.
     */
    void goodbye() {
        sendGoodbye().handle((_, _) -> this).toCompletableFuture().join();
    }

    private synchronized CompletionStage<?> sendMessage(byte[] payload) {
        sequence++;
        CompletionStage<?> taken = surroundings.channel.send(
                Frame.of(header(Kind.MESSAGE), payload).encode());
        return gone ? taken.thenCombine(sendGoodbye(), (_, _) -> this) : taken;
    }

    private synchronized CompletionStage<?> sendGoodbye() {
        gone = true;
        return surroundings.channel.send(
                Frame.of(header(Kind.GOODBYE), new byte[0]).encode());
    }

    private Header header(Kind kind) {
        Instant now = surroundings.clock.instant();
        return new Header(kind, self, sequence, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    }

    /** The first of many in a row is enough for the log. */
    private void note(RuntimeException failure) {
        if (!refused) {
            LOG.warn(
                    "Redis did not take a message to the other instances, who will know that they miss it: {}",
                    failure.toString());
        }
        refused = true;
    }
}
