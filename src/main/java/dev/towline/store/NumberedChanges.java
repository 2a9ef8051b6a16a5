package dev.towline.store;

import java.util.List;
import java.util.function.Predicate;

/**
 * Follows the messages of all publishers of changes, this instance included. A publisher numbers its messages 1, 2, … without gaps. A running
 * process is one publisher, or one for each shard of the bus. A bean of this type is optional. Implementations are thread-safe, never throw and do not block, because a caller may
 * hold a lock. The calls about one publisher come one at a time, in the order of its numbers.
 */
public interface NumberedChanges {

    /** The number of orders that {@link #order} can tell apart. */
    int MAX_ORDERS = 64;

    /** The highest bits of an id that tell the order. */
    private static int orderShift() {
        return Long.numberOfLeadingZeros(MAX_ORDERS - 1);
    }

    /**
     * The order to which the messages of a publisher belong. Messages of the same order arrive at every instance in the same sequence,
     * whoever published them; messages of different orders may not.
     */
    static int order(long publisher) {
        return (int) (publisher >>> orderShift());
    }

    /** The id of a publisher of that order. */
    static long publisher(int order, long random) {
        return ((long) order << orderShift()) | (random >>> (Long.SIZE - orderShift()));
    }

    /** Follows nothing. */
    NumberedChanges NONE = new NumberedChanges() {
        @Override
        public void applied(long publisher, long number, List<Change> write, Predicate<EntityKey> told) {}

        @Override
        public void reached(long publisher, long number) {}

        @Override
        public void left(long publisher) {}

        @Override
        public void lost(long publisher) {}

        @Override
        public void missed() {}
    };

    /**
     * The changes of this message have passed the stages of this instance.
     *
     * @param write the changes of entities of one write, in the same order on every instance; empty if the message was about something else
     * @param told which of these entities the message tells of; messages of other publishers of the same process tell of the others
     */
    void applied(long publisher, long number, List<Change> write, Predicate<EntityKey> told);

    /**
     * The publisher has used up its numbers up to this one. If one of them was not {@link #applied}, {@link #missed} follows. Also called
     * when a publisher is heard for the first time, or again after it was {@link #lost}.
     *
     * @param number 0 if it has not sent a message yet
     */
    void reached(long publisher, long number);

    /** The publisher has stopped, and all its messages were applied or reported as missed. */
    void left(long publisher);

    /** The publisher is silent without having said that it stops. {@link #missed} follows. */
    void lost(long publisher);

    /**
     * This instance may have missed changes of other instances, or tables were replaced. Before this call it has used up a number of its own for a message without
     * changes. So whoever knows of that number has received everything that was published before.
     */
    void missed();
}
