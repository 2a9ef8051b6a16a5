package dev.towline.redis;

import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Redis pub/sub channels, counted from 0, that share their connections. Messages are delivered at most once, only to instances that are
 * subscribed when they are sent. On one Redis server, messages arrive in the order in which Redis accepted them, whatever their channels.
 * Thread-safe.
 */
public interface ChannelSet {

    /** Receives the messages of channels, including those of this instance. Called by one thread at a time, which must not block. */
    interface Subscriber {

        /** Redis has acknowledged the subscription of a channel, or its renewal after a lost connection. Messages sent before may be lost. */
        void subscribed(int channel);

        /** Receives a message. */
        void received(int channel, byte[] message);
    }

    /**
     * Subscribes to some of the channels and ends an earlier subscription. Afterwards a lost connection is renewed automatically, at most half
     * a second after Redis can be reached again. Blocks up to the connection time-out.
     *
     * @throws RedisDown if Redis cannot be reached; there is no subscription then
     */
    void subscribe(Set<Integer> channels, Subscriber subscriber);

    /**
     * Sends a message without blocking. Messages arrive in the order of the calls.
     *
     * @return completes when Redis has accepted the message; fails after the command time-out, or at once if there is no connection or
     *     never was a subscription
     */
    CompletionStage<?> send(int channel, byte[] message);

    /**
     * Identifies the server processes of this Redis. The text changes when one of them restarts. Blocking.
     *
     * @throws RedisDown if Redis does not answer
     */
    String servers();

    /** Ends the subscription, if there is one. */
    void unsubscribe();
}
