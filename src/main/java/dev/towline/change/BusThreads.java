package dev.towline.change;

import dev.towline.redis.Channel;
import dev.towline.redis.RedisDown;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads of a bus from its start to its end: one hears; two others send heartbeats, and subscribe as often as it takes. They are
 * apart so that neither a slow listener nor a slow connection makes this instance silent. Thread-safe.
 */
final class BusThreads implements Channel.Subscriber {

    private static final Logger LOG = LoggerFactory.getLogger(BusThreads.class);

    /** What is heard beyond this many frames that wait for the listeners is let go: it shows as a gap. */
    private static final int BACKLOG = 10_000;

    /** After so many silences without an echo, a connection that seems to be there is not believed any more; as often, Redis is asked who it is. */
    private static final int PATIENCE = 4;

    private static final long END_SECONDS = 2;

    private final Parts parts;
    private final ScheduledThreadPoolExecutor hearing = threads(1, "coherence-hearing-");
    private final ScheduledThreadPoolExecutor keeping = threads(2, "coherence-keeping-");
    private final AtomicInteger subscriptions = new AtomicInteger();

    /** These four belong to {@link #keepSubscribed}. */
    private boolean subscribed;

    private long subscribedNanos;
    private int subscriptionsSeen;
    private long lookedNanos;

    /** What it keeps going. */
    record Parts(Channel channel, Sender sender, Receiver receiver, CoherenceSettings settings, LongSupplier nanos) {}

    BusThreads(Parts parts) {
        this.parts = parts;
    }

    /** Begins, once; returns at once. */
    void start() {
        every(hearing, parts.receiver::judge);
        every(keeping, parts.sender::heartbeat);
        every(keeping, this::keepSubscribed);
    }

    /** Says goodbye and ends, once. Blocks for some seconds at most. */
    void stop() {
        end(keeping);
        parts.sender.goodbye();
        parts.channel.unsubscribe();
        end(hearing);
    }

    @Override
    public void subscribed() {
        subscriptions.incrementAndGet();
        hearing.execute(guarded(parts.receiver::subscribed));
    }

    @Override
    public void heard(byte[] message) {
        if (hearing.getQueue().size() < BACKLOG) {
            hearing.execute(guarded(() -> parts.receiver.hear(message)));
        }
    }

    private void keepSubscribed() {
        if (!subscribed || isDeaf()) {
            subscribed = false;
            parts.channel.subscribe(this);
            subscribed = true;
            subscribedNanos = parts.nanos.getAsLong();
        }
        int seen = subscriptions.get();
        if (seen != subscriptionsSeen || isLongAgo(lookedNanos)) {
            String servers = parts.channel.servers();
            hearing.execute(guarded(() -> parts.receiver.servedBy(servers)));
            subscriptionsSeen = seen;
            lookedNanos = parts.nanos.getAsLong();
        }
    }

    private boolean isDeaf() {
        return isLongAgo(Math.max(subscribedNanos, parts.receiver.echoNanos()));
    }

    private boolean isLongAgo(long thenNanos) {
        return parts.nanos.getAsLong() - thenNanos
                > PATIENCE * parts.settings.silence().toNanos();
    }

    private void every(ScheduledThreadPoolExecutor threads, Runnable task) {
        var _ = threads.scheduleWithFixedDelay(
                guarded(task), 0, parts.settings.heartbeat().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A task that throws would be the last of its kind. */
    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RedisDown e) {
                LOG.debug("Redis is not there for the other instances' messages", e);
            } catch (Throwable e) {
                LOG.error("The bus between instances failed at a task", e);
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
