package dev.towline.edge.socket;

import dev.towline.problem.BadInput;
import dev.towline.problem.Limit;
import dev.towline.problem.Problem;
import dev.towline.problem.RateLimited;
import dev.towline.problem.Unauthenticated;
import dev.towline.problem.Unavailable;
import java.time.Duration;
import java.util.Objects;
import org.springframework.web.socket.CloseStatus;

/**
 * The close statuses of the server.
 *
 * @see <a href="https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md">GraphQL over WebSocket Protocol</a>
 */
final class SocketClose {

    static final CloseStatus UNAUTHORIZED = new CloseStatus(4401, "Unauthorized");
    static final CloseStatus FORBIDDEN = new CloseStatus(4403, "Forbidden");
    static final CloseStatus NOT_THIS_PROTOCOL = new CloseStatus(4406, "Subprotocol not acceptable");
    static final CloseStatus TOO_MANY_INITS = new CloseStatus(4429, "Too many initialisation requests");
    static final CloseStatus INTERNAL = new CloseStatus(4500, "Internal server error");
    static final CloseStatus SILENT = new CloseStatus(4499, "Terminated");

    /** The code for what takes too long. */
    static final int TIMEOUT = 4408;

    /** The code for more than a limit allows at once. */
    static final int TOO_MANY = 4429;

    /** The code for a message that is too long. */
    static final int TOO_LONG = CloseStatus.TOO_BIG_TO_PROCESS.getCode();

    /** The maximum length of a reason. RFC 6455 limits it to 123 bytes. */
    private static final int MAX_REASON_CHARACTERS = 120;

    private SocketClose() {}

    /** The status at shutdown. Clients parse its reason. */
    static CloseStatus goingAway(Duration retryAfter) {
        return CloseStatus.GOING_AWAY.withReason("Going away; retry after " + retryAfter.toMillis() + " ms");
    }

    /** The status for a message that violates the protocol. */
    static CloseStatus malformed(SocketMessage.Malformed message) {
        return new CloseStatus(4400, fitting(String.valueOf(message.getMessage())));
    }

    /** The status for a rejected {@code connection_init}. */
    static CloseStatus refused(Problem problem) {
        return switch (problem) {
            case Unauthenticated _ -> UNAUTHORIZED;
            case BadInput malformed -> new CloseStatus(4400, fitting(String.valueOf(malformed.getMessage())));
            case Unavailable later -> tryAgainAfter(later.retryAfter());
            case RateLimited limited -> limited(limited);
            default -> FORBIDDEN;
        };
    }

    /**
     * The status for more than a limit allows. Its reason names the limit.
     *
     * @param message what there is too much of, with the allowed value
     */
    static CloseStatus exceeding(int code, Limit limit, String message) {
        return new CloseStatus(code, fitting(message + named(limit)));
    }

    private static String named(Limit limit) {
        return " (" + limit.name() + ')';
    }

    /**
     * The status for a connection that exceeds a limit. If time helps, clients come back by themselves after 1013; after 4429 they do not.
     */
    static CloseStatus limited(RateLimited refusal) {
        Limit limit = Objects.requireNonNull(refusal.limit());
        return refusal.isByTime()
                ? CloseStatus.SERVICE_OVERLOAD.withReason(fitting(
                        later(refusal.retryAfter()) + ", at most " + limit.allowed() + " at once" + named(limit)))
                : exceeding(TOO_MANY, limit, String.valueOf(refusal.getMessage()));
    }

    private static CloseStatus tryAgainAfter(Duration time) {
        return CloseStatus.SERVICE_OVERLOAD.withReason(later(time));
    }

    private static String later(Duration time) {
        return "Try again later; retry after " + time.toMillis() + " ms";
    }

    /** The status for a second operation with an id that is in use. */
    static CloseStatus exists(String id) {
        return new CloseStatus(4409, fitting("Subscriber for " + id + " already exists"));
    }

    private static String fitting(String reason) {
        String ascii = reason.replaceAll("[^\\x20-\\x7e]", "?");
        return ascii.length() <= MAX_REASON_CHARACTERS ? ascii : ascii.substring(0, MAX_REASON_CHARACTERS);
    }
}
