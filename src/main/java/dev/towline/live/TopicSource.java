package dev.towline.live;

import java.util.List;

/**
 * Reads the current state of a topic and its earlier messages from storage. Both methods may block: they are called on virtual threads
 * without a lock, one call at a time for each stream. An exception ends the stream with that error.
 *
 * @param <M> the topic's messages
 */
public interface TopicSource<M extends Sequenced> {

    /**
     * The current state, read with strong consistency, with the sequence of the last change in it. If the topic has ended, the final
     * message follows the state. A stream delivers the list and continues after the sequence of its last element. Also called when a hole
     * cannot be filled. The state should not be {@linkplain Sequenced#droppable droppable}.
     *
     * @return at least one message
     */
    List<M> snapshot();

    /**
     * The stored messages after {@code afterSequence} up to {@code upToSequence} at least, in ascending order. Later ones do no harm. If
     * numbers are missing in the result that no message accounts for, the stream reads a snapshot.
     */
    List<M> between(int afterSequence, int upToSequence);
}
