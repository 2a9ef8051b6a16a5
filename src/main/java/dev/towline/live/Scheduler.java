package dev.towline.live;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs something scheduler: the seam through which time passes in this package. */
@FunctionalInterface
interface Scheduler {

    /**
     * Runs {@code task}, which is short and never blocks, once after {@code delay}; returns immediately.
     *
     * @return takes it back, if it did not run yet
     */
    Runnable run(Runnable task, Duration delay);

    /** Time as it passes, kept by the timer that the JDK shares among all. */
    static Scheduler asTimePasses() {
        return (task, delay) -> {
            CompletableFuture<Boolean> due =
                    new CompletableFuture<Boolean>().completeOnTimeout(true, delay.toNanos(), TimeUnit.NANOSECONDS);
            CompletableFuture<Void> _ = due.thenRun(task);
            return () -> due.cancel(false);
        };
    }
}
