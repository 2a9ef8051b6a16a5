package dev.towline.dispatch;

import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;

/**
 * The stream of one board. It takes items out of the log only when the subscriber asks for them. Every event calls {@link #wake}, which
 * ensures that one thread delivers what there is. So the subscriber is called by one thread at a time, and never by the thread that
 * published a change. Thread-safe.
 */
final class BoardStream {

    private static final Logger LOG = LoggerFactory.getLogger(BoardStream.class);

    private final FluxSink<DispatchChange> subscriber;
    private final Dependencies dependencies;
    private final Board board;

    /** The number of wake-ups since the last time that there was nothing to deliver; it starts at 1, so that nothing runs before {@link #start}. */
    private final AtomicInteger wakes = new AtomicInteger(1);

    /** For when the last timer was set. Used only by the thread that delivers. */
    private @Nullable Instant timer;

    /** Runs a task, which does not block, after a delay. */
    @FunctionalInterface
    interface Scheduler {

        void run(Runnable task, Duration delay);
    }

    /**
     * The collaborators of all streams.
     *
     * @param threads runs each task on its own thread, which may block
     */
    record Dependencies(
            DispatchLog log, DispatchMetrics metrics, InstantSource clock, Executor threads, Scheduler scheduler) {}

    private BoardStream(
            FluxSink<DispatchChange> subscriber, Dependencies dependencies, Viewer viewer, @Nullable Position after) {
        this.subscriber = subscriber;
        this.dependencies = dependencies;
        board = dependencies.log.open(viewer, after, this::wake);
        dependencies.metrics.opened();
    }

    /** A stream for each subscriber, which begins after this position, or with a RESET. */
    static Flux<DispatchChange> of(Dependencies dependencies, Viewer viewer, @Nullable Position after) {
        return Flux.create(
                subscriber -> {
                    BoardStream stream = new BoardStream(subscriber, dependencies, viewer, after);
                    subscriber.onDispose(stream::close);
                    subscriber.onRequest(_ -> stream.wake());
                    stream.start();
                },
                OverflowStrategy.ERROR);
    }

    private void start() {
        dependencies.threads.execute(this::proceed);
    }

    private void close() {
        dependencies.log.close(board);
        dependencies.metrics.closed();
    }

    private void wake() {
        if (wakes.getAndIncrement() == 0) {
            dependencies.threads.execute(this::proceed);
        }
    }

    private void proceed() {
        int seen = wakes.get();
        do {
            try {
                deliver();
            } catch (Throwable broken) { // also errors: otherwise nothing would wake the stream again
                LOG.error("The stream of a board failed", broken);
                subscriber.error(broken);
            }
            seen = wakes.addAndGet(-seen);
        } while (seen != 0);
    }

    private void deliver() {
        while (subscriber.requestedFromDownstream() > 0 && !subscriber.isCancelled()) {
            DispatchChange change = dependencies.log.next(board);
            if (change == null) {
                setTimer();
                return;
            }
            subscriber.next(change);
        }
    }

    private void setTimer() {
        Instant next = dependencies.log.nextReset(board);
        if (next != null && !next.equals(timer)) {
            timer = next;
            dependencies.scheduler.run(this::wake, Duration.between(dependencies.clock.instant(), next));
        }
    }
}
