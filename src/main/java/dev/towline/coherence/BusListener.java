package dev.towline.coherence;

/**
 * Hears what other instances tell. Implementations are beans; one that fails is logged and hinders nobody. All calls come from one
 * thread, one at a time: while it is held up nothing else is heard, and soon the bus is no longer proven.
 */
public interface BusListener {

    /**
     * Another instance published this; what this one publishes is not heard here. Payloads of one publisher come in the order in
     * which it published them, each at most once.
     */
    void heard(byte[] payload);

    /**
     * Something may not have been heard: all that is held, and all that is being loaded at this moment, may be old. Also called when
     * this instance begins to listen, and when it first hears of a publisher whose earlier messages it did not hear.
     */
    void missed(Miss reason);
}
