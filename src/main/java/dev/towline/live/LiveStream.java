package dev.towline.live;

import dev.towline.problem.Unavailable;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of one subscriber of a topic. Every event goes to its {@link Inbox}; then {@link #wake} ensures that one virtual thread
 * performs the steps of the inbox. So the subscriber is called by one thread at a time, and never by the publishing thread. Reads run on
 * their own virtual threads, so they do not delay waiting messages. Thread-safe.
 */
final class LiveStream<M extends Sequenced> implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

    private static final Duration FIRST_RETRY = Duration.ofMillis(100);

    /** Each failed read doubles the delay before the next one, at most this many times. */
    private static final int MAX_DOUBLINGS = 5;

    private final Subscriber<? super M> subscriber;
    private final Class<M> type;
    private final TopicSource<M> source;
    private final Dependencies dependencies;
    private final Consumer<? super LiveStream<M>> onEnd;
    private final Inbox<M> inbox;

    /** The number of wake-ups since the last idle step; it starts at 1, so that nothing runs before {@link #start}. */
    private final AtomicInteger wakes = new AtomicInteger(1);

    private final Timer holeTimer;
    private final Timer intervalTimer;

    private long conflated;
    private long thinned;

    /**
     * The collaborators of all streams.
     *
     * @param threads runs each task on its own thread, which may block
     */
    record Dependencies(
            LiveSettings settings, LiveMetrics metrics, Executor threads, Scheduler scheduler, InstantSource clock) {}

    /** How the subscriber wants its messages, and where they come from. */
    record Request<M extends Sequenced>(Class<M> type, TopicSource<M> source, StreamOptions<M> options) {}

    /** @param onEnd called at least once when the stream has ended */
    LiveStream(
            Subscriber<? super M> subscriber,
            Request<M> request,
            Dependencies dependencies,
            Consumer<? super LiveStream<M>> onEnd) {
        this.subscriber = subscriber;
        this.type = request.type;
        this.source = request.source;
        this.dependencies = dependencies;
        this.onEnd = onEnd;
        inbox = new Inbox<>(request.type, request.options, dependencies.settings());
        holeTimer = new Timer(dependencies.scheduler());
        intervalTimer = new Timer(dependencies.scheduler());
    }

    /** Starts the stream. May be called once; messages that were offered before are kept. */
    void start() {
        subscriber.onSubscribe(this);
        dependencies.threads().execute(this::proceed);
    }

    /** Accepts a message that was published in the topic. Does not block. */
    void offer(Sequenced message) {
        if (type.isInstance(message)) {
            inbox.offer(type.cast(message));
        } else {
            inbox.fail(new ClassCastException("the topic has messages of " + type + ", not of " + message.getClass()));
        }
        wake();
    }

    /** Begins anew with a snapshot. Does not block. */
    void restart() {
        inbox.restart();
        wake();
    }

    @Override
    public void request(long count) {
        if (count > 0) {
            inbox.ask(count);
        } else {
            inbox.fail(new IllegalArgumentException("a subscriber must request at least one message, not " + count));
        }
        wake();
    }

    @Override
    public void cancel() {
        end();
        wake();
    }

    private void end() {
        inbox.close();
        onEnd.accept(this);
    }

    private void wake() {
        if (wakes.getAndIncrement() == 0) {
            dependencies.threads().execute(this::proceed);
        }
    }

    private void proceed() {
        int seen = wakes.get();
        do {
            doSteps();
            seen = wakes.addAndGet(-seen);
        } while (seen != 0);
    }

    private void doSteps() {
        try {
            boolean more = true;
            while (more) {
                more = perform(inbox.next());
            }
        } catch (Throwable broken) { // the Reactive Streams specification forbids subscribers to throw
            LOG.warn("A live subscriber threw an exception, so its stream ends", broken);
            end();
            stopTimers();
        }
        conflated = count(dependencies.metrics().conflated(), conflated, inbox.conflated());
        thinned = count(dependencies.metrics().thinned(), thinned, inbox.thinned());
    }

    private static long count(Counter counter, long before, long now) {
        counter.increment((double) (now - before));
        return now;
    }

    /** Performs the step. Returns whether there may be another one. */
    private boolean perform(Step<M> step) {
        switch (step) {
            case Step.Deliver<M>(var message) -> {
                dependencies.metrics().delivered().increment();
                subscriber.onNext(message);
            }
            case Step.ReadSnapshot<M>(int atLeast) -> read(() -> source.snapshot(atLeast), inbox::snapshot);
            case Step.ReadMissing<M>(int after) -> read(() -> source.since(after), inbox::missing);
            case Step.Await<M>(int sequence, var delay) -> holeTimer.start(() -> overdue(sequence), delay);
            case Step.Pause<M>(long deliveries, var delay) ->
                intervalTimer.start(() -> intervalOver(deliveries), delay);
            case Step.Complete<M>() -> {
                end();
                subscriber.onComplete();
            }
            case Step.Fail<M>(var error) -> {
                end();
                subscriber.onError(error);
            }
            case Step.Idle<M>() -> {
                return false;
            }
            case Step.Closed<M>() -> {
                stopTimers();
                return false;
            }
        }
        return true;
    }

    private void read(Supplier<List<M>> from, Consumer<List<M>> to) {
        Instant until =
                dependencies.clock().instant().plus(dependencies.settings().readRetry());
        read(new Read<>(from, to, until), 0);
    }

    private record Read<M>(Supplier<List<M>> from, Consumer<List<M>> to, Instant until) {}

    private void read(Read<M> read, int failures) {
        dependencies.threads().execute(() -> {
            if (inbox.isClosed()) {
                return;
            }
            try {
                read.to.accept(read.from.get());
            } catch (Unavailable away) {
                retry(read, failures, away);
            } catch (Throwable error) { // also errors: the subscriber must not wait for ever
                inbox.readFailed(error);
            }
            wake();
        });
    }

    /** The delay needs no jitter: the streams of a topic share a read, and reads of different topics end at different times. */
    private void retry(Read<M> read, int failures, Unavailable away) {
        Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS));
        if (dependencies.clock().instant().plus(delay).isAfter(read.until)) {
            inbox.readFailed(away);
        } else {
            Runnable _ = dependencies.scheduler().run(() -> read(read, failures + 1), delay);
        }
    }

    private void overdue(int sequence) {
        inbox.overdue(sequence);
        wake();
    }

    private void intervalOver(long deliveries) {
        inbox.intervalOver(deliveries);
        wake();
    }

    private void stopTimers() {
        holeTimer.stop();
        intervalTimer.stop();
    }

    /** At most one task that waits. Used only by the thread that performs the steps. */
    private static final class Timer {

        private final Scheduler scheduler;
        private @Nullable Runnable cancel;

        Timer(Scheduler scheduler) {
            this.scheduler = scheduler;
        }

        void start(Runnable task, Duration delay) {
            stop();
            cancel = scheduler.run(task, delay);
        }

        void stop() {
            if (cancel != null) {
                cancel.run();
                cancel = null;
            }
        }
    }
}
