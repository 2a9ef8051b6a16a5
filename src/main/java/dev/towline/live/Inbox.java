package dev.towline.live;

import dev.towline.problem.Unavailable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of one stream. Its methods accept events in any order and from any thread, and {@link #next} returns the next step to
 * perform. It performs no side effects itself. Thread-safe; its methods only wait for each other.
 *
 * <p>A stream begins with a snapshot that is read after the stream was registered, so no message can be lost in between. Afterwards
 * messages are delivered in the order of their sequence, none twice. A slow subscriber may miss messages that may be dropped. If a message is missing, the stream waits for the hole time-out, then reads
 * the missing messages from storage. If storage does not have them all, it reads a new snapshot and continues after that. See decision
 * 0005.
 */
final class Inbox<M extends Sequenced> {

    /** Each read that finds nothing doubles the wait for a missing message, at most this many times. */
    private static final int MAX_DOUBLINGS = 5;

    private final Sequencer<M> sequencer;
    private final Backlog<M> backlog;
    private final Duration holeTimeout;

    private boolean started;
    private boolean snapshotWanted = true;
    private boolean reading;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;
    /** The sequence of the missing message whose time-out is running; 0 for none. */
    private int awaited;

    private boolean overdue;
    /** The last sequence that the last read of missing messages requested. */
    private int readUpTo;

    private int fruitlessReads;

    Inbox(LiveSettings settings) {
        sequencer = new Sequencer<>(settings.held());
        backlog = new Backlog<>(settings.queue(), settings.burst());
        holeTimeout = settings.holeTimeout();
    }

    /** Accepts a published message. */
    synchronized void offer(M message) {
        if (closed) {
            return;
        }
        sequencer.offer(message, this::enqueue);
    }

    /** Notes that messages up to this sequence are stored, even if they were not published on this instance. */
    synchronized void reaches(int sequence) {
        sequencer.exists(sequence);
    }

    /** Adds to the demand of the subscriber; {@code count} is positive. */
    synchronized void ask(long count) {
        backlog.ask(count);
    }

    /** Accepts the result of {@link TopicSource#snapshot}. */
    synchronized void snapshot(List<M> messages) {
        if (closed) {
            return;
        }
        reading = false;
        snapshotWanted = false;
        int sequence = messages.getLast().sequence();
        boolean filledMeanwhile = started && sequencer.next() > readUpTo;
        boolean older = started && sequence < sequencer.next();
        if (filledMeanwhile || older) {
            sequencer.exists(sequence);
            fruitlessReads = filledMeanwhile ? 0 : fruitlessReads + 1;
            awaited = 0;
            return;
        }
        started = true;
        messages.forEach(this::enqueue);
        sequencer.continueAfter(sequence, this::enqueue);
    }

    /** Accepts the result of {@link TopicSource#between}. If messages are still missing, the next step is to read a snapshot. */
    synchronized void missing(List<M> messages) {
        if (closed) {
            return;
        }
        reading = false;
        messages.forEach(message -> sequencer.offer(message, this::enqueue));
        snapshotWanted = sequencer.next() <= readUpTo;
    }

    /** Notes that the time-out of this missing message is over. */
    synchronized void overdue(int sequence) {
        overdue |= sequence == awaited;
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
        M message = backlog.poll();
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

    private Step<M> complete() {
        close();
        return new Step.Complete<>();
    }

    private Step<M> lookForMissing() {
        if (snapshotWanted) {
            reading = true;
            return new Step.ReadSnapshot<>();
        }
        if (!sequencer.hasHole()) {
            return new Step.Idle<>();
        }
        if (sequencer.next() != awaited) {
            awaited = sequencer.next();
            overdue = false;
            return new Step.Await<>(awaited, holeTimeout.multipliedBy(1L << Math.min(fruitlessReads, MAX_DOUBLINGS)));
        }
        if (!overdue) {
            return new Step.Idle<>();
        }
        reading = true;
        readUpTo = sequencer.missingUpTo();
        return new Step.ReadMissing<>(sequencer.next() - 1, readUpTo);
    }

    private void enqueue(M message) {
        if (ended) {
            return;
        }
        ended = message.last();
        fruitlessReads = 0;
        if (!backlog.add(message)) {
            fail(new Unavailable("The client reads the subscription too slowly. Subscribe again.", null));
        }
    }
}
