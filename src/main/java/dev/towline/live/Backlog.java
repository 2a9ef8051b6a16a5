package dev.towline.live;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The ordered messages that are waiting for one subscriber, and its demand. If the queue is full, the oldest droppable message is dropped.
 * Messages that were read from storage are not dropped and do not count, because the stream reads more only when they are delivered. Not
 * thread-safe.
 */
final class Backlog<M extends Sequenced> {

    private record Waiting<M extends Sequenced>(M message, boolean isStored) {}

    private final ArrayDeque<Waiting<M>> waiting = new ArrayDeque<>();
    private final int queue;
    private final int burst;
    private int stored;
    private long demand;
    private long conflated;

    /**
     * An empty backlog.
     *
     * @param queue the maximum number of waiting messages beyond the demand
     * @param burst the maximum number of waiting messages within the demand, which bounds the memory of a subscriber that has unbounded
     *     demand and then hangs
     */
    Backlog(int queue, int burst) {
        this.queue = queue;
        this.burst = burst;
    }

    /** Adds to the demand of the subscriber; {@link Long#MAX_VALUE} means unbounded. */
    void ask(long count) {
        demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
    }

    /** Appends a message. Returns false if the queue is full and no message is droppable; the stream must then fail. */
    boolean add(M message) {
        boolean fits = waiting.size() - stored < queue + Math.min(demand, burst) || dropOldestDroppable();
        waiting.add(new Waiting<>(message, false));
        return fits;
    }

    /** Appends a message that was read from storage. */
    void addStored(M message) {
        waiting.add(new Waiting<>(message, true));
        stored++;
    }

    /** The next message, if there is one within the demand. */
    @Nullable
    M peek() {
        Waiting<M> next = demand == 0 ? null : waiting.peek();
        return next == null ? null : next.message;
    }

    /** Removes the next message, which uses up demand. There must be one. */
    void take() {
        remove();
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
    }

    /** Removes the next message without using up demand. There must be one. */
    void skip() {
        remove();
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The number of waiting messages that were read from storage. */
    int stored() {
        return stored;
    }

    /** Removes all messages. */
    void clear() {
        waiting.clear();
        stored = 0;
    }

    /** The number of messages dropped so far. */
    long conflated() {
        return conflated;
    }

    private void remove() {
        if (waiting.remove().isStored) {
            stored--;
        }
    }

    private boolean dropOldestDroppable() {
        for (Iterator<Waiting<M>> messages = waiting.iterator(); messages.hasNext(); ) {
            Waiting<M> next = messages.next();
            if (!next.isStored && next.message.droppable() && !next.message.last()) {
                messages.remove();
                conflated++;
                return true;
            }
        }
        return false;
    }
}
