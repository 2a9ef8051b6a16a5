package dev.towline.change;

import dev.towline.redis.ChannelSet;
import dev.towline.redis.RedisDown;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a bus from its start to its end. One handles received messages; two others send heartbeats and maintain the subscription.
 * All shards share them, so what comes from Redis is handled in
 * its order. They are separate so that neither a slow listener nor a slow connection delays heartbeats. Thread-safe.
 */
final class BusThreads implements ChannelSet.Subscriber {

    private static final Logger LOG = LoggerFactory.getLogger(BusThreads.class);

    /** The maximum number of frames that wait for the listener. Further frames are dropped, which later shows as a gap. */
    private static final int BACKLOG = 10_000;

    /** The interval of the checks of the subscription, as a multiple of {@code towline.coherence.silence}. */
    private static final int CHECK_SILENCES = 4;

    private static final long END_SECONDS = 2;

    private final Parts parts;
    private final ScheduledThreadPoolExecutor receiving = threads(1, "coherence-receiving-");
    private final ScheduledThreadPoolExecutor maintaining = threads(2, "coherence-maintaining-");
    private final AtomicInteger subscriptions = new AtomicInteger();

    /** This and the next four fields are used only by {@link #maintainSubscription}. */
    private boolean subscribed;

    private long subscribedNanos;
    private int subscriptionsSeen;
    private long checkedNanos;
    private boolean disturbed;

    /** The collaborators. */
    record Parts(
            ChannelSet channels,
            List<Sender> senders,
            Receivers receivers,
            CoherenceSettings settings,
            LongSupplier nanos,
            BooleanSupplier proven) {}

    BusThreads(Parts parts) {
        this.parts = parts;
    }

    /** Starts the threads. May be called once. */
    void start() {
        every(receiving, parts.receivers::evaluate);
        ProofLog log = new ProofLog(parts.proven, parts.nanos);
        every(maintaining, () -> {
            parts.senders.forEach(Sender::heartbeat);
            log.look();
        });
        every(maintaining, this::maintainSubscription);
    }

    /** Sends a goodbye and stops the threads. May be called once. Blocks for at most some seconds. */
    void stop() {
        end(maintaining);
        CompletableFuture.allOf(parts.senders.stream()
                        .map(Sender::goodbye)
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture<?>[]::new))
                .join();
        parts.channels.unsubscribe();
        end(receiving);
    }

    @Override
    public void subscribed(int channel) {
        subscriptions.incrementAndGet();
        receiving.execute(guarded(() -> parts.receivers.subscribed(channel)));
    }

    @Override
    public void received(int channel, byte[] message) {
        if (receiving.getQueue().size() < BACKLOG) {
            receiving.execute(guarded(() -> parts.receivers.receive(channel, message)));
        }
    }

    private void maintainSubscription() {
        if (!subscribed || hasNoEcho()) {
            subscribed = false;
            parts.channels.subscribe(parts.receivers.shards(), this);
            subscribed = true;
            subscribedNanos = parts.nanos.getAsLong();
        }
        disturbed |= parts.channels.tend();
        int seen = subscriptions.get();
        if (disturbed || seen != subscriptionsSeen || isLongAgo(checkedNanos)) {
            String servers = parts.channels.servers();
            receiving.execute(guarded(() -> parts.receivers.servedBy(servers)));
            disturbed = false;
            subscriptionsSeen = seen;
            checkedNanos = parts.nanos.getAsLong();
        }
    }

    /** Whether the heartbeats of this instance in some shard did not come back for long, so that the connection is broken even if it seems open. */
    private boolean hasNoEcho() {
        return isLongAgo(Math.max(subscribedNanos, parts.receivers.echoNanos()));
    }

    private boolean isLongAgo(long thenNanos) {
        return parts.nanos.getAsLong() - thenNanos
                > CHECK_SILENCES * parts.settings.silence().toNanos();
    }

    private void every(ScheduledThreadPoolExecutor threads, Runnable task) {
        var _ = threads.scheduleWithFixedDelay(
                guarded(task), 0, parts.settings.heartbeat().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Catches exceptions, because the executor cancels a periodic task that throws. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RedisDown e) {
                LOG.debug("The bus cannot reach Redis", e);
            } catch (Throwable e) {
                LOG.error("A task of the bus failed", e);
            }
        };
    }

    private static ScheduledThreadPoolExecutor threads(int count, String name) {
        return new ScheduledThreadPoolExecutor(
                count, Thread.ofPlatform().daemon().name(name, 0).factory(), new ThreadPoolExecutor.DiscardPolicy());
    }

    private static void end(ScheduledThreadPoolExecutor threads) {
        threads.shutdownNow();
        try {
            var _ = threads.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
