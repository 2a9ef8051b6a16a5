package dev.towline.change;

import dev.towline.store.ChangeEvent.Reason;

/** Receives the events of the bus. All calls come from one thread, one at a time. Implementations must not throw. */
interface BusListener {

    /**
     * Receives a payload of another instance. The payloads of one publisher come in the order in which it published them, each at most
     * once.
     */
    void received(byte[] payload);

    /**
     * Reports a gap: messages may be lost, so all cached values and all loads under way may be outdated.
     */
    void missed(Reason reason);
}
