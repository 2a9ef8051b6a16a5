package dev.towline.change;

import dev.towline.store.ChangeEvent.Reason;

/** Hears what comes over the bus. All calls come from one thread, one at a time; none throws. */
interface BusListener {

    /**
     * Another instance published this; what this one publishes is not heard here. Payloads of one publisher come in the order in
     * which it published them, each at most once.
     */
    void heard(byte[] payload);

    /**
     * Something may not have been heard: all that is held, and all that is being loaded at this moment, may be old. Also called when
     * this instance begins to listen, and when it first hears of a publisher whose earlier messages it did not hear.
     */
    void missed(Reason reason);
}
