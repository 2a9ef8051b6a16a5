package dev.towline.live;

import dev.towline.problem.Unavailable;
import java.util.List;

/**
 * Reads the current state of a topic and its earlier messages from storage. Both methods may block: they are called on virtual threads
 * without a lock, one call at a time for each stream. After {@link Unavailable} a stream tries again for {@link LiveSettings#readRetry};
 * every other exception ends it with that error.
 *
 * @param <M> the topic's messages
 */
public interface TopicSource<M extends Sequenced> {

    /**
     * The current state, with the sequence of the last change in it. If the topic has ended, the final message follows the state. It must
     * contain every change that was published in the topic before this call. The state must not be {@linkplain Sequenced#droppable
     * droppable}.
     *
     * @param atLeast a number that the subscriber knows of: if the source has an older state at hand, it must read a newer one from storage
     * @return at least one message
     */
    List<M> snapshot(int atLeast);

    /**
     * The stored messages after {@code afterSequence}, in ascending order; of many, only the first ones. If numbers are missing at the
     * beginning of the result that no message accounts for, the stream tells a gap and continues after a snapshot.
     */
    List<M> since(int afterSequence);
}
