package dev.towline.live;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The ordered messages that are waiting for one subscriber, and its demand. If the queue is full, the oldest droppable message is dropped.
 * Not thread-safe.
 */
final class Backlog<M extends Sequenced> {

    private final ArrayDeque<M> waiting = new ArrayDeque<>();
    private final int queue;
    private final int burst;
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
        boolean fits = waiting.size() < queue + Math.min(demand, burst) || dropOldestDroppable();
        waiting.add(message);
        return fits;
    }

    /** Removes the next message, if there is one within the demand. */
    @Nullable
    M poll() {
        if (demand == 0 || waiting.isEmpty()) {
            return null;
        }
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        return waiting.poll();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Removes all messages. */
    void clear() {
        waiting.clear();
    }

    /** The number of messages dropped so far. */
    long conflated() {
        return conflated;
    }

    private boolean dropOldestDroppable() {
        for (Iterator<M> messages = waiting.iterator(); messages.hasNext(); ) {
            M message = messages.next();
            if (message.droppable() && !message.last()) {
                messages.remove();
                conflated++;
                return true;
            }
        }
        return false;
    }
}
