package dev.towline.redis;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Redis pub/sub channels, counted from 0, that share their connections. Messages are delivered at most once, only to instances that are
 * subscribed when they are sent. The messages of a channel arrive in the order in which Redis accepted them. On one Redis server that holds
 * whatever their channels; in a cluster, channels have no common order. Thread-safe.
 */
public interface ChannelSet {

    /**
     * Receives the messages of channels, including those of this instance. The calls about a channel come one at a time, from threads that must
     * not be blocked.
     */
    interface Subscriber {

        /** Redis has acknowledged the subscription of a channel, or its renewal after a lost connection. Messages sent before may be lost. */
        void subscribed(int channel);

        /** Receives a message. */
        void received(int channel, byte[] message);
    }

    /**
     * Subscribes to some of the channels and ends an earlier subscription. Afterwards a lost connection is renewed, at most half a second
     * after Redis can be reached again, if {@link #tend} is called regularly. Blocks up to the connection time-out.
     *
     * @throws RedisDown if Redis cannot be reached; then {@link #subscribe} must be called again
     */
    void subscribe(Set<Integer> channels, Subscriber subscriber);

    /**
     * Renews what was lost of the subscription. Call it several times a second. Blocks up to the connection time-out.
     *
     * @return whether a server may have been replaced since the last call, so that {@link #servers} tells news
     * @throws RedisDown if something could not be renewed yet
     */
    default boolean tend() {
        return false;
    }

    /**
     * Sends a message without blocking. Messages of a channel arrive in the order of the calls.
     *
     * @return completes when Redis has accepted the message; fails after the command time-out, or at once if there is no connection or
     *     never was a subscription
     */
    CompletionStage<?> send(int channel, byte[] message);

    /**
     * Identifies the server processes that take writes. The text changes when one of them restarts or another one takes over. Blocking.
     *
     * @throws RedisDown if one of them does not answer
     */
    String servers();

    /** Ends the subscription, if there is one. */
    void unsubscribe();
}
