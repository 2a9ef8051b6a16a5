package dev.towline.coherence;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of what was heard.
 *
 * @param listeners looked up when there is something to tell: a listener may itself need the bus
 */
record BusListeners(Supplier<List<BusListener>> listeners) {

    private static final Logger LOG = LoggerFactory.getLogger(BusListeners.class);

    /** Tells everyone, in order. */
    void heard(byte[] payload) {
        tell(listener -> listener.heard(payload));
    }

    /** Tells everyone, in order. */
    void missed(Miss reason) {
        tell(listener -> listener.missed(reason));
    }

    private void tell(Consumer<BusListener> news) {
        for (BusListener listener : listeners.get()) {
            try {
                news.accept(listener);
            } catch (Throwable e) { // whatever it is, the others must hear
                LOG.error("{} failed to hear of a change", listener.getClass().getName(), e);
            }
        }
    }
}
