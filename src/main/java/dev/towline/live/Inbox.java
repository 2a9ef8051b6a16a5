package dev.towline.live;

import dev.towline.problem.Unavailable;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one stream. Its methods accept events in any order and from any thread, and {@link #next} returns the next step to
 * perform. It performs no side effects itself. Thread-safe; its methods only wait for each other.
 *
 * <p>A stream begins with a snapshot that is read after the stream was registered, so no message can be lost in between. A stream that
 * resumes after a sequence reads the state, too, but delivers the messages that led to it. Afterwards messages are delivered in the order of
 * their sequence, none twice. If a message is missing, a later one may {@linkplain Sequenced#since know} it. Otherwise the stream waits for
 * the hole time-out, then reads the missing messages from storage. If storage does not have them, the stream tells a gap and continues after
 * a snapshot. A slow subscriber, and one that wants fewer messages, may miss those that may be dropped. See decisions 0005 and 0022.
 */
final class Inbox<M extends Sequenced> {

    /** Each read that finds nothing doubles the wait for a missing message, at most this many times. */
    private static final int MAX_DOUBLINGS = 5;

    private final Class<M> type;
    private final StreamOptions<M> options;
    private final LiveSettings settings;
    private final Sequencer<M> sequencer;
    private final Backlog<M> backlog;

    private boolean started;
    private boolean snapshotWanted = true;
    private boolean reading;
    /** Whether the stream began anew during the read in progress, whose result is therefore ignored. */
    private boolean isReadOutdated;

    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;
    /** The sequence of the missing message whose time-out is running; 0 for none. */
    private int awaited;

    /** Missing messages up to this sequence are read without waiting for them. */
    private int dueUpTo;

    private int fruitlessReads;

    /** The sequence after which the stream begins; null for a snapshot. */
    private @Nullable Integer resumeAfter;

    /** The sequence of the last message that the subscriber has; null for none. */
    private @Nullable Integer delivered;

    private @Nullable M previous;
    private long deliveries;
    /** Whether the minimum interval since the last message is running. */
    private boolean paused;

    private boolean pauseDue;
    private long thinned;

    Inbox(Class<M> type, StreamOptions<M> options, LiveSettings settings) {
        this.type = type;
        this.options = options;
        this.settings = settings;
        sequencer = new Sequencer<>(settings.held());
        backlog = new Backlog<>(settings.queue(), settings.burst());
        resumeAfter = options.after();
        delivered = resumeAfter;
    }

    /** Accepts a published message. */
    synchronized void offer(M message) {
        if (closed) {
            return;
        }
        if (started && message.first() > sequencer.next()) {
            offer(message.since(sequencer.next() - 1), this::enqueue);
        }
        sequencer.offer(message, this::enqueue);
    }

    /** Adds to the demand of the subscriber; {@code count} is positive. */
    synchronized void ask(long count) {
        backlog.ask(count);
    }

    /** Accepts the result of {@link TopicSource#snapshot}. */
    synchronized void snapshot(List<M> messages) {
        if (isUnwanted()) {
            return;
        }
        snapshotWanted = false;
        if (started) {
            continueWith(messages);
        } else {
            begin(messages);
        }
    }

    /** Accepts the result of {@link TopicSource#since}. If it has nothing of use, the next step is to read a snapshot. */
    synchronized void missing(List<M> messages) {
        if (isUnwanted()) {
            return;
        }
        int before = sequencer.next();
        offer(messages, this::enqueueStored);
        snapshotWanted = sequencer.next() == before && before <= dueUpTo;
    }

    /** Notes that the time-out of this missing message is over. */
    synchronized void overdue(int sequence) {
        if (sequence == awaited && sequence == sequencer.next()) {
            dueUpTo = sequencer.missingUpTo();
        }
    }

    /** Ends the stream with the error of a read, unless it began anew since then. */
    synchronized void readFailed(Throwable error) {
        if (!isUnwanted()) {
            fail(error);
        }
    }

    /** Notes that the minimum interval after this number of deliveries is over. */
    synchronized void intervalOver(long afterDeliveries) {
        paused &= afterDeliveries != deliveries;
    }

    /** Begins anew with a snapshot, because the topic may have another history now. Drops all messages that are waiting. */
    synchronized void restart() {
        sequencer.restart();
        backlog.clear();
        started = false;
        snapshotWanted = true;
        isReadOutdated = reading;
        ended = false;
        awaited = 0;
        dueUpTo = 0;
        fruitlessReads = 0;
        resumeAfter = null;
        delivered = null;
        previous = null;
    }

    /** Ends the stream with this error and drops all waiting messages. */
    synchronized void fail(Throwable error) {
        if (failure == null) {
            failure = error;
        }
    }

    /** Closes the inbox and drops all messages. Later events have no effect. */
    synchronized void close() {
        closed = true;
        sequencer.clear();
        backlog.clear();
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Whether no message is waiting. */
    synchronized boolean isEmpty() {
        return sequencer.isEmpty() && backlog.isEmpty();
    }

    /** The next step. The caller must perform it before the next call, except reads, which may end later. */
    synchronized Step<M> next() {
        if (closed) {
            return new Step.Closed<>();
        }
        if (failure != null) {
            close();
            return new Step.Fail<>(failure);
        }
        if (pauseDue) {
            pauseDue = false;
            return new Step.Pause<>(deliveries, options.minInterval());
        }
        M message = take();
        if (message != null) {
            return new Step.Deliver<>(message);
        }
        if (ended) {
            return backlog.isEmpty() ? complete() : new Step.Idle<>();
        }
        return reading ? new Step.Idle<>() : lookForMissing();
    }

    /** The number of messages that were dropped because the subscriber is slow. */
    synchronized long conflated() {
        return backlog.conflated();
    }

    /** The number of messages that were dropped because the subscriber wants fewer. */
    synchronized long thinned() {
        return thinned;
    }

    /** Notes the end of a read. Returns whether its result is ignored. */
    private boolean isUnwanted() {
        reading = false;
        boolean isUnwanted = closed || isReadOutdated;
        isReadOutdated = false;
        return isUnwanted;
    }

    private void begin(List<M> messages) {
        started = true;
        M newest = messages.getLast();
        Integer after = resumeAfter;
        if (after == null || after > newest.sequence()) {
            messages.forEach(this::enqueue);
            sequencer.continueAfter(newest.sequence(), this::enqueue);
            return;
        }
        sequencer.continueAfter(after, this::enqueue);
        if (newest.last() && newest.sequence() == after) {
            ended = true;
            return;
        }
        offer(newest.since(after), this::enqueueStored);
        dueUpTo = newest.sequence();
    }

    /** Fills the hole from the state, or else tells a gap and continues after the state. */
    private void continueWith(List<M> messages) {
        M newest = messages.getLast();
        offer(newest.since(sequencer.next() - 1), this::enqueue);
        boolean isFilled = sequencer.next() > dueUpTo;
        if (isFilled || newest.sequence() < sequencer.next()) {
            sequencer.exists(newest.sequence());
            fruitlessReads = isFilled ? 0 : fruitlessReads + 1;
            awaited = 0;
            dueUpTo = 0;
            return;
        }
        enqueue(type.cast(messages.getFirst().gapBefore()));
        messages.forEach(this::enqueue);
        sequencer.continueAfter(newest.sequence(), this::enqueue);
    }

    private void offer(List<? extends Sequenced> messages, Consumer<M> ready) {
        messages.forEach(message -> sequencer.offer(type.cast(message), ready));
    }

    private Step<M> complete() {
        close();
        return new Step.Complete<>();
    }

    /** The next message that the subscriber wants, if it is time for it. */
    private @Nullable M take() {
        for (M next = backlog.peek(); next != null; next = backlog.peek()) {
            if (!next.droppable() || next.last()) {
                return deliver(next);
            }
            boolean isReplaced = paused && backlog.size() > 1;
            if (isReplaced || (previous != null && options.isTooNear().test(previous, next))) {
                backlog.skip();
                thinned++;
            } else {
                return paused ? null : deliver(next);
            }
        }
        return null;
    }

    private M deliver(M next) {
        backlog.take();
        int missed = delivered == null ? 0 : next.sequence() - delivered - (next.isGap() ? 0 : 1);
        M message = type.cast(next.following(previous, Math.max(0, missed)));
        delivered = next.sequence();
        previous = message;
        deliveries++;
        pauseDue = !options.minInterval().isZero();
        paused = pauseDue;
        return message;
    }

    private Step<M> lookForMissing() {
        if (snapshotWanted) {
            reading = true;
            return new Step.ReadSnapshot<>(Math.max(resumeAfter == null ? 0 : resumeAfter, sequencer.highest()));
        }
        if (!sequencer.hasHole() || backlog.stored() > 1) {
            return new Step.Idle<>();
        }
        if (sequencer.next() <= dueUpTo) {
            reading = true;
            return new Step.ReadMissing<>(sequencer.next() - 1);
        }
        if (sequencer.next() == awaited) {
            return new Step.Idle<>();
        }
        awaited = sequencer.next();
        return new Step.Await<>(
                awaited, settings.holeTimeout().multipliedBy(1L << Math.min(fruitlessReads, MAX_DOUBLINGS)));
    }

    private void enqueue(M message) {
        if (accept(message) && !backlog.add(message)) {
            fail(new Unavailable("The client reads the subscription too slowly. Subscribe again.", null));
        }
    }

    private void enqueueStored(M message) {
        if (accept(message)) {
            backlog.addStored(message);
        }
    }

    private boolean accept(M message) {
        if (ended) {
            return false;
        }
        ended = message.last();
        fruitlessReads = 0;
        return true;
    }
}
