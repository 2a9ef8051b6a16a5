package dev.towline.redis;

import java.util.concurrent.CompletionStage;

/** One pub/sub channel, which every instance hears and sends to. Whoever is not subscribed when a message is sent never hears it. Thread-safe. */
public interface Channel {

    /** Hears a channel, its own messages included. Called by one thread at a time, which must never be held up. */
    interface Subscriber {

        /** Redis has acknowledged the subscription: what is sent from now on is heard. Each time anew: what was sent in between is lost. */
        void subscribed();

        /** A message, in the order in which Redis took them. */
        void heard(byte[] message);
    }

    /**
     * Subscribes in place of an earlier subscription, if there is one. From then on a lost connection is renewed by itself, at the
     * latest half a second after Redis can be reached again. Blocks as long as connecting may.
     *
     * @throws RedisDown if Redis cannot be reached; then there is no subscription
     */
    void subscribe(Subscriber subscriber);

    /**
     * Sends a message and returns at once. Messages arrive in the order of the calls.
     *
     * @return completes when Redis has taken it; fails if it has not within the time-out of commands, and at once if there is no
     *     connection, or never was a subscription
     */
    CompletionStage<?> send(byte[] message);

    /**
     * What identifies the servers of this Redis until one of them starts again. Blocking.
     *
     * @throws RedisDown if it does not answer
     */
    String servers();

    /** Ends the subscription. Nothing if there is none. */
    void unsubscribe();
}
