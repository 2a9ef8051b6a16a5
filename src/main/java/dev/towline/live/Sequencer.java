package dev.towline.live;

import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Orders the messages of one topic and removes duplicates. Messages after a missing one are held; beyond the capacity, the highest are
 * dropped and count as missing. Not thread-safe.
 */
final class Sequencer<M extends Sequenced> {

    /** The value of {@link #next} before the first snapshot; no message has this sequence. */
    private static final int NOT_STARTED = 0;

    private final TreeMap<Integer, M> held = new TreeMap<>();
    private final int capacity;
    private int next = NOT_STARTED;
    private int highest;

    /** @param capacity the maximum number of held messages */
    Sequencer(int capacity) {
        this.capacity = capacity;
    }

    /** Accepts a message and passes on all messages that are ready, in order. Before {@link #continueAfter} none are ready. */
    void offer(M message, Consumer<? super M> ready) {
        exists(message.sequence());
        if (message.sequence() < next) {
            return;
        }
        // a copy may account for more numbers
        held.merge(message.sequence(), message, (one, other) -> other.first() < one.first() ? other : one);
        passOn(ready);
        while (held.size() > capacity) {
            held.pollLastEntry();
        }
    }

    /** Continues after {@code sequence}: drops messages up to it, and passes on the messages that follow it directly. */
    void continueAfter(int sequence, Consumer<? super M> ready) {
        exists(sequence);
        next = sequence + 1;
        held.headMap(next).clear();
        passOn(ready);
    }

    /** Notes that messages up to {@code sequence} exist. */
    void exists(int sequence) {
        highest = Math.max(highest, sequence);
    }

    /** The sequence of the next message to pass on; 0 before {@link #continueAfter}. */
    int next() {
        return next;
    }

    /** Whether the next message is missing although it, or a later one, exists. */
    boolean hasHole() {
        return next != NOT_STARTED && next <= highest;
    }

    /** The highest sequence that is known to exist; 0 for none. */
    int highest() {
        return highest;
    }

    /** Forgets everything, as before the first snapshot. */
    void restart() {
        held.clear();
        next = NOT_STARTED;
        highest = 0;
    }

    /** The last missing sequence before the first held message, if there is a hole. */
    int missingUpTo() {
        return held.isEmpty() ? highest : held.firstEntry().getValue().first() - 1;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Drops all held messages. */
    void clear() {
        held.clear();
    }

    private void passOn(Consumer<? super M> ready) {
        while (!held.isEmpty() && held.firstEntry().getValue().first() <= next) {
            M message = held.pollFirstEntry().getValue();
            next = message.sequence() + 1;
            ready.accept(message);
        }
    }
}
