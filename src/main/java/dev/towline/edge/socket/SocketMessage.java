package dev.towline.edge.socket;

import dev.towline.edge.scalar.WellFormed;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A message of a client.
 *
 * @see <a href="https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md">GraphQL over WebSocket Protocol</a>
 */
sealed interface SocketMessage {

    /** Initialises the connection. */
    record Init(Map<String, Object> payload) implements SocketMessage {}

    /** Requests a pong. */
    record Ping(@Nullable Object payload) implements SocketMessage {}

    /** Answers a ping, or shows that the client is alive. */
    record Pong() implements SocketMessage {}

    /** Starts an operation. */
    record Subscribe(String id, Map<String, Object> request) implements SocketMessage {}

    /** Ends an operation. */
    record Complete(String id) implements SocketMessage {}

    /** Reports a message that violates the protocol. Its text is short enough for a close frame. */
    final class Malformed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Malformed(String reason) {
            super(reason, null, false, false);
        }
    }

    /** Parses a message. Throws {@link Malformed}. */
    static SocketMessage read(JsonMapper json, String text) {
        JsonNode message = tree(json, text);
        if (!message.isObject()) {
            throw new Malformed("Message is expected to be an object");
        }
        JsonNode type = message.path("type");
        if (!type.isString()) {
            throw new Malformed("Message is missing the 'type' property");
        }
        return switch (type.stringValue()) {
            case "connection_init" -> new Init(map(json, text(json, payload(message, true)), Map.of()));
            case "ping" -> new Ping(json.convertValue(text(json, payload(message, true)), Object.class));
            case "pong" -> {
                payload(message, true);
                yield new Pong();
            }
            case "subscribe" -> new Subscribe(id(message), request(json, payload(message, false)));
            case "complete" -> new Complete(id(message));
            default -> throw new Malformed("Invalid message 'type' property");
        };
    }

    private static JsonNode tree(JsonMapper json, String text) {
        try {
            return json.readTree(text);
        } catch (JacksonException notJson) {
            throw new Malformed("Invalid message received");
        }
    }

    private static String id(JsonNode message) {
        JsonNode id = message.path("id");
        if (!id.isString() || id.stringValue().isEmpty() || !WellFormed.is(id.stringValue())) {
            throw new Malformed("Message has no valid 'id' property");
        }
        return id.stringValue();
    }

    private static JsonNode payload(JsonNode message, boolean optional) {
        JsonNode payload = message.path("payload");
        boolean absent = payload.isMissingNode() || payload.isNull();
        if (absent ? !optional : !payload.isObject()) {
            throw new Malformed("Message has no valid 'payload' property");
        }
        return payload;
    }

    /**
     * Returns the payload if all its text is well-formed. It does not check the payload of an operation, because an error there belongs to
     * the operation only.
     */
    private static JsonNode text(JsonMapper json, JsonNode payload) {
        if (WellFormed.firstIllFormed(json.convertValue(payload, Object.class)) != null) {
            throw new Malformed("The 'payload' has a lone surrogate");
        }
        return payload;
    }

    private static Map<String, Object> request(JsonMapper json, JsonNode payload) {
        boolean hasId = payload.path("documentId").isString()
                || payload.path("extensions").path("persistedQuery").isObject();
        JsonNode query = payload.path("query");
        if (!query.isString() && !(hasId && (query.isMissingNode() || query.isNull()))) {
            throw new Malformed("The 'payload' has no valid 'query' property");
        }
        requireAbsentOr(payload.path("documentId").isString(), payload, "documentId");
        requireAbsentOr(payload.path("operationName").isString(), payload, "operationName");
        requireAbsentOr(payload.path("variables").isObject(), payload, "variables");
        requireAbsentOr(payload.path("extensions").isObject(), payload, "extensions");
        return map(json, payload, Map.of());
    }

    private static void requireAbsentOr(boolean valid, JsonNode payload, String name) {
        JsonNode value = payload.path(name);
        if (!valid && !value.isMissingNode() && !value.isNull()) {
            throw new Malformed("The 'payload' has no valid '" + name + "' property");
        }
    }

    @SuppressWarnings("unchecked") // the keys of a JSON object are strings
    private static Map<String, Object> map(JsonMapper json, JsonNode object, Map<String, Object> defaultValue) {
        return object.isObject() ? json.convertValue(object, Map.class) : defaultValue;
    }
}
