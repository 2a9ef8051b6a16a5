package dev.towline.live;

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

    /** This message, telling that so many changes before it were not delivered. The same message, if it does not tell. */
    default Sequenced missing(int count) {
        return this;
    }

    /** Whether this is the final message of its topic, after which streams complete. It is never dropped. */
    boolean last();

    /** Whether the message may be dropped in favour of a newer one if the subscriber is slow. */
    boolean droppable();
}
