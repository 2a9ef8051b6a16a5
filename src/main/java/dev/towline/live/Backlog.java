package dev.towline.live;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The messages in order that one subscriber did not take yet, and how many it has asked for. Bounded: where too many wait, the oldest
 * that may be dropped go; the newest stays. Not thread-safe.
 */
final class Backlog<M extends Sequenced> {

    private final ArrayDeque<M> waiting = new ArrayDeque<>();
    private final int queue;
    private final int burst;
    private long asked;
    private long conflated;

    /**
     * @param queue how many messages wait at most beyond those asked for
     * @param burst how many of those asked for wait at most: a subscriber that takes all at once has no queue, and one that asked for
     *     all and then hangs has a bounded one
     */
    Backlog(int queue, int burst) {
        this.queue = queue;
        this.burst = burst;
    }

    /** Notes that the subscriber asks for {@code count} more; {@link Long#MAX_VALUE} altogether means all there ever are. */
    void ask(long count) {
        asked = asked + count < 0 ? Long.MAX_VALUE : asked + count;
    }

    /** Appends a message. False if there was no room and nothing that may be dropped: then the backlog is of no more use. */
    boolean add(M message) {
        boolean fits = waiting.size() < queue + Math.min(asked, burst) || dropOldestDroppable();
        waiting.add(message);
        return fits;
    }

    /** Takes the next message, if there is one and the subscriber asks for it. */
    @Nullable
    M poll() {
        if (asked == 0 || waiting.isEmpty()) {
            return null;
        }
        if (asked != Long.MAX_VALUE) {
            asked--;
        }
        return waiting.poll();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Forgets what waits. */
    void clear() {
        waiting.clear();
    }

    /** How many messages were dropped so far. */
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
