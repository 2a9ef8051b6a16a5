package dev.towline.edge.socket;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;
import org.springframework.web.socket.TextMessage;

/** Joins the parts of messages. For one thread at a time. */
final class SocketText {

    private final long maxBytes;
    private StringBuilder parts = new StringBuilder();
    private long bytes;

    SocketText(DataSize maxMessage) {
        this.maxBytes = maxMessage.toBytes();
    }

    /** Reports a message that is longer than the settings allow. */
    static final class TooLong extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private TooLong(long maxBytes) {
            super("A message has at most " + maxBytes + " bytes", null, false, false);
        }
    }

    /** Adds the next part. Returns the whole message if it was the last part, else null. Throws {@link TooLong}. */
    @Nullable
    String add(TextMessage part) {
        bytes += part.getPayloadLength();
        if (bytes > maxBytes) {
            throw new TooLong(maxBytes);
        }
        parts.append(part.getPayload());
        if (!part.isLast()) {
            return null;
        }
        String whole = parts.toString();
        parts = new StringBuilder();
        bytes = 0;
        return whole;
    }
}
