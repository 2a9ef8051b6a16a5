package dev.towline.edge.socket;

import dev.towline.edge.content.BodyBudget;
import dev.towline.problem.Limit;
import dev.towline.problem.Unavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.TextMessage;

/** Joins the parts of messages. For one thread at a time, but for {@link #close}. */
final class SocketText {

    /** The bytes of a message of a client that is not known yet: twice those of the longest token. */
    static final int FIRST_BYTES = 16 * 1024;

    private final long maxBytes;
    private final Duration timeout;
    private final InstantSource clock;
    private final BodyBudget.Share share;
    private StringBuilder parts = new StringBuilder();
    private long bytes;
    private Instant deadline = Instant.MAX;

    SocketText(SocketSettings settings, BodyBudget budget, InstantSource clock) {
        this.maxBytes = settings.maxMessage().toBytes();
        this.timeout = settings.messageTimeout();
        this.clock = clock;
        this.share = budget.share();
    }

    /** Reports a message that exceeds a limit. */
    static final class Exceeded extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int closeCode;
        private final transient Limit limit;

        private Exceeded(int closeCode, Limit limit, String message) {
            super(message, null, false, false);
            this.closeCode = closeCode;
            this.limit = limit;
        }

        /** The code with which to close the connection. */
        int closeCode() {
            return closeCode;
        }

        Limit limit() {
            return limit;
        }
    }

    /**
     * Adds the next part. The client may pause between two parts for no longer than between two messages, so it is enough to look at the
     * time here.
     *
     * @param isKnown whether the client has been acknowledged
     * @return the whole message if it was the last part, else null
     * @throws Exceeded if the message has too many bytes, or takes too long
     * @throws Unavailable if there is no room for it
     */
    @Nullable
    String add(TextMessage part, boolean isKnown) {
        long most = isKnown ? maxBytes : Math.min(maxBytes, FIRST_BYTES);
        bytes += part.getPayloadLength();
        if (bytes > most) {
            throw new Exceeded(
                    SocketClose.TOO_LONG, new Limit("messageBytes", most), "A message has at most " + most + " bytes");
        }
        Instant now = clock.instant();
        if (deadline.equals(Instant.MAX)) {
            deadline = now.plus(timeout);
        } else if (now.isAfter(deadline)) {
            throw new Exceeded(
                    SocketClose.TIMEOUT,
                    new Limit("messageTimeout", timeout.toMillis()),
                    "A message did not arrive within " + timeout.toMillis() + " ms");
        }
        share.add(part.getPayloadLength());
        parts.append(part.getPayload());
        if (!part.isLast()) {
            return null;
        }
        String whole = parts.toString();
        parts = new StringBuilder();
        bytes = 0;
        deadline = Instant.MAX;
        share.reset();
        return whole;
    }

    /** Gives back the room of an unfinished message. Thread-safe. */
    void close() {
        share.close();
    }
}
