package dev.towline.live;

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

    private final Subscriber<? super M> subscriber;
    private final Class<M> type;
    private final TopicSource<M> source;
    private final Dependencies dependencies;
    private final Consumer<? super LiveStream<M>> onEnd;
    private final Inbox<M> inbox;

    /** Set by {@link #start}, before which nothing runs. */
    private SnapshotReads snapshots = new SnapshotReads();

    /** The number of wake-ups since the last idle step; it starts at 1, so that nothing runs before {@link #start}. */
    private final AtomicInteger wakes = new AtomicInteger(1);

    /** Cancels the running timer. This and the next two fields are used only by the thread that performs the steps. */
    private @Nullable Runnable stopTimer;

    private long conflated;

    /** The sequence of the last delivered message; 0 before the first. */
    private int delivered;

    /**
     * The collaborators of all streams.
     *
     * @param threads runs each task on its own thread, which may block
     */
    record Dependencies(LiveSettings settings, LiveMetrics metrics, Executor threads, Scheduler scheduler) {}

    /** @param onEnd called at least once when the stream has ended */
    LiveStream(
            Subscriber<? super M> subscriber,
            Class<M> type,
            TopicSource<M> source,
            Dependencies dependencies,
            Consumer<? super LiveStream<M>> onEnd) {
        this.subscriber = subscriber;
        this.type = type;
        this.source = source;
        this.dependencies = dependencies;
        this.onEnd = onEnd;
        inbox = new Inbox<>(dependencies.settings());
    }

    /**
     * Starts the stream. May be called once; messages that were offered before are kept.
     *
     * @param shared the reads of the snapshot of its topic, which it shares with the other streams
     */
    void start(SnapshotReads shared) {
        snapshots = shared;
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

    /** Notes that messages up to this sequence are stored, even if they were not published on this instance. Does not block. */
    void reaches(int sequence) {
        inbox.reaches(sequence);
        wake();
    }

    /** Reads the last sequence of the topic from its source. Blocks. */
    int readReach() {
        return source.snapshot().getLast().sequence();
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
            stopTimer();
        }
        long dropped = inbox.conflated() - conflated;
        conflated += dropped;
        dependencies.metrics().conflated().increment((double) dropped);
    }

    /** Performs the step. Returns whether there may be another one. */
    private boolean perform(Step<M> step) {
        switch (step) {
            case Step.Deliver<M>(var message) -> {
                dependencies.metrics().delivered().increment();
                int missed = delivered == 0 ? 0 : message.sequence() - delivered - 1;
                delivered = message.sequence();
                subscriber.onNext(missed > 0 ? type.cast(message.missing(missed)) : message);
            }
            case Step.ReadSnapshot<M>() -> readSnapshot();
            case Step.ReadMissing<M>(int after, int upTo) -> read(() -> source.between(after, upTo), inbox::missing);
            case Step.Await<M>(int sequence, var delay) -> {
                stopTimer();
                stopTimer = dependencies.scheduler().run(() -> overdue(sequence), delay);
            }
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
                stopTimer();
                return false;
            }
        }
        return true;
    }

    private void readSnapshot() {
        var _ = snapshots.read(source::snapshot, dependencies.threads()).whenComplete((snapshot, error) -> {
            if (error == null) {
                try {
                    inbox.snapshot(snapshot.stream().map(type::cast).toList());
                } catch (Throwable wrong) { // also errors: the subscriber must not wait for ever
                    inbox.fail(wrong);
                }
            } else {
                inbox.fail(error);
            }
            wake();
        });
    }

    private void read(Supplier<List<M>> from, Consumer<List<M>> to) {
        dependencies.threads().execute(() -> {
            try {
                to.accept(from.get());
            } catch (Throwable error) { // also errors: the subscriber must not wait for ever
                inbox.fail(error);
            }
            wake();
        });
    }

    private void overdue(int sequence) {
        inbox.overdue(sequence);
        wake();
    }

    private void stopTimer() {
        if (stopTimer != null) {
            stopTimer.run();
            stopTimer = null;
        }
    }
}
