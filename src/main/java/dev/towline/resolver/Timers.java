package dev.towline.resolver;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The timers that end what takes too long. Nearly all of them are cancelled, so starting and cancelling must be cheap: neither wakes a
 * thread, and a cancelled timer is forgotten. Tasks must not block. Thread-safe.
 */
public final class Timers extends ScheduledThreadPoolExecutor {

    /**
     * The interval of a task that does nothing. The thread sleeps until the next task, and a new one wakes it only if it comes before that. So
     * no timer of at least this length wakes it.
     */
    static final Duration TICK = Duration.ofMillis(100);

    /** Starts the thread. */
    public Timers() {
        super(1, Thread.ofPlatform().daemon().name("timers").factory());
        setRemoveOnCancelPolicy(true);
        var _ = scheduleAtFixedRate(() -> {}, 0, TICK.toNanos(), TimeUnit.NANOSECONDS);
    }
}
