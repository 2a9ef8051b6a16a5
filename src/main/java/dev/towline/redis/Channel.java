package dev.towline.redis;

import java.util.concurrent.CompletionStage;

/** A Redis pub/sub channel. Messages are delivered at most once, only to instances that are subscribed when they are sent. Thread-safe. */
public interface Channel {

    /** Receives the messages of a channel, including those of this instance. Called by one thread at a time, which must not block. */
    interface Subscriber {

        /** Redis has acknowledged the subscription, or its renewal after a lost connection. Messages sent before may be lost. */
        void subscribed();

        /** Receives a message. Messages come in the order in which Redis accepted them. */
        void received(byte[] message);
    }

    /**
     * Subscribes and ends an earlier subscription. Afterwards a lost connection is renewed automatically, at most half a second after Redis
     * can be reached again. Blocks up to the connection time-out.
     *
     * @throws RedisDown if Redis cannot be reached; there is no subscription then
     */
    void subscribe(Subscriber subscriber);

    /**
     * Sends a message without blocking. Messages arrive in the order of the calls.
     *
     * @return completes when Redis has accepted the message; fails after the command time-out, or at once if there is no connection or
     *     never was a subscription
     */
    CompletionStage<?> send(byte[] message);

    /**
     * Identifies the server processes of this Redis. The text changes when one of them restarts. Blocking.
     *
     * @throws RedisDown if Redis does not answer
     */
    String servers();

    /** Ends the subscription, if there is one. */
    void unsubscribe();
}
