package dev.towline.live;

import dev.towline.problem.Unavailable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one subscriber is to get, and what has to be done for it. It is told what happened, in any order and by any thread, and asked
 * for the {@linkplain #next next step} after that. Calls nobody, starts nothing, reads no clock. Thread-safe; never blocks for longer
 * than another of its methods takes.
 */
final class Inbox<M extends Sequenced> {

    /** A hole that storage cannot explain either is looked at again after 2, 4, … times the time-out, up to two to this power. */
    private static final int SLOWEST = 5;

    private final Sequencer<M> sequencer;
    private final Backlog<M> backlog;
    private final Duration holeTimeout;

    private boolean begun;
    private boolean snapshotWanted = true;
    private boolean reading;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;
    /** The missing message that is waited for; 0 if none is. */
    private int awaited;

    private boolean overdue;
    /** How far the last read for missing messages should have gone. */
    private int readUpTo;

    private int fruitlessReads;

    Inbox(LiveSettings settings) {
        sequencer = new Sequencer<>(settings.held());
        backlog = new Backlog<>(settings.queue(), settings.burst());
        holeTimeout = settings.holeTimeout();
    }

    /** A message was published. */
    synchronized void offer(M message) {
        if (closed) {
            return;
        }
        sequencer.offer(message, this::enqueue);
    }

    /** Messages up to this sequence are stored, whether they were published here or not. */
    synchronized void reaches(int sequence) {
        sequencer.heardOf(sequence);
    }

    /** The subscriber asks for {@code count} more messages, at least one. */
    synchronized void ask(long count) {
        backlog.ask(count);
    }

    /** The present state was read; the last element may be the topic's final message. */
    synchronized void snapshot(List<M> messages) {
        if (closed) {
            return;
        }
        reading = false;
        snapshotWanted = false;
        int sequence = messages.getLast().sequence();
        boolean filledMeanwhile = begun && sequencer.next() > readUpTo;
        boolean older = begun && sequence < sequencer.next();
        if (filledMeanwhile || older) {
            sequencer.heardOf(sequence);
            fruitlessReads = filledMeanwhile ? 0 : fruitlessReads + 1;
            awaited = 0;
            return;
        }
        begun = true;
        messages.forEach(this::enqueue);
        sequencer.continueAfter(sequence, this::enqueue);
    }

    /** What storage has of the missing messages was read. If some are still missing, the next step is to read a snapshot. */
    synchronized void missing(List<M> messages) {
        if (closed) {
            return;
        }
        reading = false;
        messages.forEach(message -> sequencer.offer(message, this::enqueue));
        snapshotWanted = sequencer.next() <= readUpTo;
    }

    /** The time for this missing message is over. */
    synchronized void overdue(int sequence) {
        overdue |= sequence == awaited;
    }

    /** Nothing more can come, because of this. What waits is forgotten. */
    synchronized void fail(Throwable error) {
        if (failure == null) {
            failure = error;
        }
    }

    /** The subscriber left. What is kept for it is forgotten, and nothing is kept any more. */
    synchronized void close() {
        closed = true;
        sequencer.clear();
        backlog.clear();
    }

    /** Whether no message is kept. */
    synchronized boolean isEmpty() {
        return sequencer.isEmpty() && backlog.isEmpty();
    }

    /** What to do now. Each step is given once, and is to be done before the next is asked for, save reading, which may take its time. */
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

    /** How many messages this subscriber did not get since it does not keep up. */
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
            return new Step.Await<>(awaited, holeTimeout.multipliedBy(1L << Math.min(fruitlessReads, SLOWEST)));
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
