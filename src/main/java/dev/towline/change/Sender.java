package dev.towline.change;

import dev.towline.change.Frame.Header;
import dev.towline.change.Frame.Kind;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Numbers the messages of this instance in one shard and sends them in that order. Thread-safe. */
final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);

    /**
     * The collaborators.
     *
     * @param channel sends to the channel of the shard
     */
    record Dependencies(
            Function<byte[], CompletionStage<?>> channel,
            Shards shards,
            LongSupplier nanos,
            InstantSource clock,
            BusMetrics metrics) {}

    private final long self;
    private final Dependencies dependencies;

    /** The number of the last message. Guarded by this; the lock is not held while waiting for Redis. */
    private long sequence;

    /** Whether the last frame was a goodbye. Guarded by this. */
    private boolean gone;

    private volatile boolean refused;

    /** @param self the id of this instance among the publishers of the shard */
    Sender(long self, Dependencies dependencies) {
        this.self = self;
        this.dependencies = dependencies;
    }

    /**
     * Sends a message. If Redis does not accept it, the next frame shows the other instances a gap. Does not block; never throws.
     *
     * @param numbered receives the number of the message before it is sent, in the order of the numbers; it must not block
     * @return completes without an error when Redis has accepted the message or the command time-out is over
     */
    CompletionStage<?> send(byte[] payload, LongConsumer numbered) {
        CompletionStage<?> accepted;
        try {
            accepted = sendMessage(payload, numbered);
        } catch (RuntimeException e) {
            accepted = CompletableFuture.failedFuture(e);
        }
        return accepted.handle((_, failure) -> {
            note(failure);
            return this;
        });
    }

    /** Sends a heartbeat with the number of the last message. Returns at once: if Redis accepts it, the heartbeat comes back. */
    synchronized void heartbeat() {
        gone = false;
        var _ = send(Frame.heartbeat(header(Kind.HEARTBEAT), dependencies.nanos.getAsLong()));
    }

    /**
     * Sends a goodbye after all messages. Each later message is followed by another goodbye, so that other instances do not wait for
     * heartbeats. Does not block.
     *
     * @return completes without an error when Redis has accepted it or the command time-out is over
     */
    CompletionStage<?> goodbye() {
        return sendGoodbye().handle((_, _) -> this);
    }

    private synchronized CompletionStage<?> sendMessage(byte[] payload, LongConsumer numbered) {
        sequence++;
        numbered.accept(sequence);
        CompletionStage<?> accepted = send(Frame.of(header(Kind.MESSAGE), payload));
        return gone ? accepted.thenCombine(sendGoodbye(), (_, _) -> this) : accepted;
    }

    private synchronized CompletionStage<?> sendGoodbye() {
        gone = true;
        return send(Frame.of(header(Kind.GOODBYE), new byte[0]));
    }

    private CompletionStage<?> send(Frame frame) {
        return dependencies.channel.apply(frame.encode(dependencies.shards));
    }

    private Header header(Kind kind) {
        Instant now = dependencies.clock.instant();
        return new Header(kind, self, sequence, ChronoUnit.MICROS.between(Instant.EPOCH, now));
    }

    /** Logs only the first of several failures in a row. */
    private void note(@Nullable Throwable failure) {
        if (failure == null) {
            dependencies.metrics.sent().increment();
            refused = false;
            return;
        }
        dependencies.metrics.unsent().increment();
        if (!refused) {
            LOG.warn(
                    "Redis did not accept a message to the other instances, which will detect the gap: {}",
                    failure.toString());
        }
        refused = true;
    }
}
