package dev.towline.change;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;

/**
 * Hears messages of other instances that are not about changes. Implementations are beans, one for each kind of message; one that fails
 * is logged. All calls come from one thread, one at a time: while it is held up nothing else is heard, and soon the bus is no longer
 * proven.
 */
public interface MessageListener {

    /** What it hears. */
    Set<MessageKind> kinds();

    /**
     * Another instance published this; what this one publishes is not heard here. Messages of one publisher come in the order in which
     * it published them, each at most once.
     *
     * @param body what follows the header
     * @throws IOException if the body cannot be read
     */
    void heard(MessageKind kind, DataInputStream body) throws IOException;
}
