package dev.towline.live;

import java.util.List;

/**
 * What a stream begins with, and where it finds what it did not hear. Both methods may block: they are called on virtual threads,
 * for one stream never two at a time, with no lock held. What they throw ends the stream with that error.
 *
 * @param <M> the topic's messages
 */
public interface TopicSource<M extends Sequenced> {

    /**
     * The present state, read consistently: its sequence is that of the last change it contains. If the topic has ended already, its
     * final message follows the state at once. A stream delivers the list as it is and goes on after the sequence of its last
     * element. Called again where a hole cannot be filled. A state that a slow subscriber must see is not {@linkplain
     * Sequenced#droppable droppable}.
     *
     * @return at least one message
     */
    List<M> snapshot();

    /**
     * The messages after {@code afterSequence} up to and including {@code upToSequence}, from storage, ascending. Incomplete, or
     * empty, if storage no longer has them all: the stream then takes a snapshot.
     */
    List<M> between(int afterSequence, int upToSequence);
}
