package dev.towline.live;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs tasks after a delay. Tests replace it to control time. */
@FunctionalInterface
interface Scheduler {

    /**
     * Schedules {@code task}, which must not block, to run once after {@code delay}.
     *
     * @return cancels the task, if it has not run yet
     */
    Runnable run(Runnable task, Duration delay);

    /** A scheduler in real time, on the timer thread that the JDK shares. */
    static Scheduler realTime() {
        return (task, delay) -> {
            CompletableFuture<Boolean> due =
                    new CompletableFuture<Boolean>().completeOnTimeout(true, delay.toNanos(), TimeUnit.NANOSECONDS);
            CompletableFuture<Void> _ = due.thenRun(task);
            return () -> due.cancel(false);
        };
    }
}
