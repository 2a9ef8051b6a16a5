package dev.towline.live;

/** A message of a topic. It must be immutable, because all subscribers receive the same object on different threads. */
public interface Sequenced {

    /** The number of the message within its topic, from 1 without gaps. A snapshot of a topic without messages has 0. */
    int sequence();

    /** Whether this is the final message of its topic, after which streams complete. It is never dropped. */
    boolean last();

    /** Whether the message may be dropped in favour of a newer one if the subscriber is slow. */
    boolean droppable();
}
