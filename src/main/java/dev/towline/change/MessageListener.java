package dev.towline.change;

import java.io.InputStream;
import java.util.Set;

/**
 * Receives messages of other instances that are not about changes. Implementations are beans, one for each kind of message; exceptions are
 * logged. All calls come from the thread that receives all messages, so an implementation that blocks makes the bus unproven.
 */
public interface MessageListener {

    /** The kinds of messages that it receives. */
    Set<MessageKind> kinds();

    /**
     * Receives a message of another instance. The messages of one publisher come in the order in which it published them, each at most
     * once.
     *
     * @param body the body of the message in CBOR
     * @throws RuntimeException if the body cannot be read
     */
    void received(MessageKind kind, InputStream body);
}
