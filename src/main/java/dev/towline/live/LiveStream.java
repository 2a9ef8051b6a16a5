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
 * One subscriber of a topic. Whatever happens to it is noted in its {@link Inbox}, then {@link #wake} sees to it that one virtual thread
 * at a time does the steps that the inbox gives: so the subscriber is called by one thread at a time, and never by the one that
 * publishes. Reading has a virtual thread of its own, so it does not hold up what is ready. Thread-safe.
 */
final class LiveStream<M extends Sequenced> implements Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);

    private final Subscriber<? super M> subscriber;
    private final Class<M> type;
    private final TopicSource<M> source;
    private final Surroundings surroundings;
    private final Consumer<? super LiveStream<M>> onEnd;
    private final Inbox<M> inbox;

    /** How often it was woken since it last had nothing to do; 1 from the beginning, so that nothing runs before {@link #start}. */
    private final AtomicInteger wakes = new AtomicInteger(1);

    /** Takes the running timer back. As {@link #conflated}, touched only by the thread that does the steps. */
    private @Nullable Runnable stopTimer;

    private long conflated;

    /**
     * What all streams work with.
     *
     * @param threads runs each task on a thread of its own, which may block
     */
    record Surroundings(LiveSettings settings, LiveMetrics metrics, Executor threads, Scheduler scheduler) {}

    /** @param onEnd is told, at least once, when this stream needs nothing more from its topic */
    LiveStream(
            Subscriber<? super M> subscriber,
            Class<M> type,
            TopicSource<M> source,
            Surroundings surroundings,
            Consumer<? super LiveStream<M>> onEnd) {
        this.subscriber = subscriber;
        this.type = type;
        this.source = source;
        this.surroundings = surroundings;
        this.onEnd = onEnd;
        inbox = new Inbox<>(surroundings.settings());
    }

    /** Begins, once: with a snapshot, and what was offered since this stream exists. */
    void start() {
        subscriber.onSubscribe(this);
        surroundings.threads().execute(this::proceed);
    }

    /** A message was published in this stream's topic. Returns at once. */
    void offer(Sequenced message) {
        if (type.isInstance(message)) {
            inbox.offer(type.cast(message));
        } else {
            inbox.fail(new ClassCastException("a topic of " + type + " was sent a " + message.getClass()));
        }
        wake();
    }

    /** Messages up to this sequence are stored, whether they were published here or not. Returns at once. */
    void reaches(int sequence) {
        inbox.reaches(sequence);
        wake();
    }

    /** How far its topic is, read from its source. Blocks. */
    int readReach() {
        return source.snapshot().getLast().sequence();
    }

    @Override
    public void request(long count) {
        if (count > 0) {
            inbox.ask(count);
        } else {
            inbox.fail(new IllegalArgumentException("a subscriber asks for one message at least, not " + count));
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
            surroundings.threads().execute(this::proceed);
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
        } catch (Throwable broken) { // a subscriber must not throw; one that does hears no more
            LOG.warn("A live subscriber failed and is dropped", broken);
            end();
            stopTimer();
        }
        long dropped = inbox.conflated() - conflated;
        conflated += dropped;
        surroundings.metrics().conflated().increment((double) dropped);
    }

    /** Does the step; whether there may be another one. */
    private boolean perform(Step<M> step) {
        switch (step) {
            case Step.Deliver<M>(var message) -> {
                surroundings.metrics().delivered().increment();
                subscriber.onNext(message);
            }
            case Step.ReadSnapshot<M>() -> read(source::snapshot, inbox::snapshot);
            case Step.ReadMissing<M>(int after, int upTo) -> read(() -> source.between(after, upTo), inbox::missing);
            case Step.Await<M>(int sequence, var delay) -> {
                stopTimer();
                stopTimer = surroundings.scheduler().run(() -> overdue(sequence), delay);
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

    private void read(Supplier<List<M>> from, Consumer<List<M>> to) {
        surroundings.threads().execute(() -> {
            try {
                to.accept(from.get());
            } catch (Throwable error) { // whatever it is, the subscriber must not wait for ever
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
