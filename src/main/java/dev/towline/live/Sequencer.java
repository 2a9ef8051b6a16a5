package dev.towline.live;

import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Puts one topic's messages in order, each once. What comes ahead of a missing message is held, in bounds: beyond them the highest are
 * let go, and count as missing. Not thread-safe.
 */
final class Sequencer<M extends Sequenced> {

    /** Of {@link #next}: no message has this sequence, so nothing is ready. */
    private static final int NOT_BEGUN = 0;

    private final TreeMap<Integer, M> held = new TreeMap<>();
    private final int capacity;
    private int next = NOT_BEGUN;
    private int heard;

    /** @param capacity how many messages are held at most */
    Sequencer(int capacity) {
        this.capacity = capacity;
    }

    /** Takes a message in and passes on what is ready now, in order; nothing before it has begun. */
    void offer(M message, Consumer<? super M> ready) {
        heardOf(message.sequence());
        if (message.sequence() < next) {
            return;
        }
        held.putIfAbsent(message.sequence(), message);
        passOn(ready);
        while (held.size() > capacity) {
            held.pollLastEntry();
        }
    }

    /** Begins, or goes on, after {@code sequence}: what is not newer is dropped, what follows it directly is passed on. */
    void continueAfter(int sequence, Consumer<? super M> ready) {
        heardOf(sequence);
        next = sequence + 1;
        held.headMap(next).clear();
        passOn(ready);
    }

    /** Notes that messages up to {@code sequence} exist. */
    void heardOf(int sequence) {
        heard = Math.max(heard, sequence);
    }

    /** The sequence of the first message that was not passed on; below 1 before it has begun. */
    int next() {
        return next;
    }

    /** Whether a message is known to exist that cannot be passed on since an earlier one is missing, or is missing itself. */
    boolean hasHole() {
        return next != NOT_BEGUN && next <= heard;
    }

    /** If there is a hole: the last missing sequence before the first message that is held. */
    int missingUpTo() {
        return held.isEmpty() ? heard : held.firstKey() - 1;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Forgets what is held. */
    void clear() {
        held.clear();
    }

    private void passOn(Consumer<? super M> ready) {
        for (M message = held.remove(next); message != null; message = held.remove(next)) {
            next++;
            ready.accept(message);
        }
    }
}
