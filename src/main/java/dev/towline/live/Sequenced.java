package dev.towline.live;

/** A message of a topic. Immutable: every subscriber receives the same object, each on a thread of its own. */
public interface Sequenced {

    /** Its number: without gaps from 1 within its topic. Only a snapshot of a topic in which nothing happened yet has 0. */
    int sequence();

    /** Whether it is the final message of its topic: a stream completes after it. It is never dropped. */
    boolean last();

    /** Whether it may be left out, in favour of a newer message, for a subscriber that does not keep up. */
    boolean droppable();
}
