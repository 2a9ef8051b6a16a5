package dev.towline.change;

import dev.towline.store.Change;
import dev.towline.store.ChangeEvent.Reason;
import java.util.List;

/**
 * Receives the events of the bus. All calls but {@link #published} come from one thread, one at a time. Implementations must not throw.
 */
interface BusListener {

    /**
     * Receives a payload of another instance. The payloads of one publisher come in the order in which it published them, each at most
     * once.
     *
     * @param header with the publisher and the number of the message
     */
    void received(int shard, Frame.Header header, byte[] payload);

    /**
     * Reports a gap: messages may be lost, so all cached values and all loads under way may be outdated.
     */
    void missed(Reason reason);

    /**
     * Reports a message of this instance just before it is sent, also if Redis then does not accept it. The calls come from any thread, one
     * at a time in the order of the numbers of a shard, and must not block.
     *
     * @param write the changes in the message, empty if it is about something else
     */
    default void published(int shard, long publisher, long number, List<Change> write) {}

    /**
     * Reports the number of the last message of another instance, for each frame that is not its next message. If messages are missing,
     * {@link #missed} follows.
     */
    default void reached(long publisher, long number) {}

    /** Reports that another instance has said goodbye in a shard. */
    default void left(long publisher) {}

    /** Reports that another instance is silent in a shard; {@link #missed} follows. It is back with the next call about it. */
    default void lost(long publisher) {}
}
