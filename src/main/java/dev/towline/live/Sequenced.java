package dev.towline.live;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message of a topic. It must be immutable, because all subscribers receive the same object on different threads. */
public interface Sequenced {

    /** The number of the message within its topic, from 1 without gaps. A snapshot of a topic without messages has 0. */
    int sequence();

    /**
     * The lowest number that this message accounts for: those from here to its own, exclusive, belong to changes that no message tells any
     * more. Its own number, unless there are such changes.
     */
    default int first() {
        return sequence();
    }

    /**
     * The messages after a number, up to the own number of this one, as far as this message knows them. Ascending; the last has the own
     * number. A message that carries the recent history of its topic can fill a hole this way, without a read.
     */
    List<? extends Sequenced> since(int afterSequence);

    /**
     * For a message that begins a stream: a message that tells that the changes before it were lost. Its number is the one before that of
     * this message.
     */
    Sequenced gapBefore();

    /** Whether this message tells that the changes up to its number were lost, its own included. */
    boolean isGap();

    /**
     * This message as one subscriber receives it.
     *
     * @param previous the message that the subscriber received before, null if there is none
     * @param missed how many changes between the two it does not receive
     */
    Sequenced following(@Nullable Sequenced previous, int missed);

    /** Whether this is the final message of its topic, after which streams complete. It is never dropped. */
    boolean last();

    /** Whether the message may be dropped in favour of a newer one, if the subscriber is slow or wants fewer. */
    boolean droppable();
}
