package dev.towline.edge.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.towline.edge.subscription.EncodedResult;
import graphql.ExecutionResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import tools.jackson.databind.json.JsonMapper;

/** The sending side of a WebSocket. It sends one message at a time, from any thread. Blocks while the client does not read. Thread-safe. */
final class SocketLine {

    private static final Logger LOG = LoggerFactory.getLogger(SocketLine.class);

    private final WebSocketSession session;
    private final JsonMapper json;
    private final ReentrantLock sending = new ReentrantLock();

    SocketLine(WebSocketSession session, JsonMapper json) {
        this.session = session;
        this.json = json;
    }

    WebSocketSession session() {
        return session;
    }

    void ack(@Nullable Object payload) {
        send("connection_ack", null, payload);
    }

    /** Sends a ping, unless a message is being sent: that message either arrives or ends in a timeout. Returns whether it sent the ping. */
    boolean ping() {
        if (!sending.tryLock()) {
            return false;
        }
        try {
            send("ping", null, null);
            return true;
        } finally {
            sending.unlock();
        }
    }

    void pong(@Nullable Object payload) {
        send("pong", null, payload);
    }

    /** What the {@code next} messages of an operation begin with. */
    byte[] nextHead(String id) {
        return ("{\"id\":" + json.writeValueAsString(id) + ",\"type\":\"next\",\"payload\":").getBytes(UTF_8);
    }

    void next(byte[] head, ExecutionResult result) {
        byte[] payload = EncodedResult.json(result, json);
        byte[] message = Arrays.copyOf(head, head.length + payload.length + 1);
        System.arraycopy(payload, 0, message, head.length, payload.length);
        message[message.length - 1] = '}';
        send(new TextMessage(message));
    }

    void error(String id, List<Map<String, Object>> errors) {
        send("error", id, errors);
    }

    void complete(String id) {
        send("complete", id, null);
    }

    void close(CloseStatus status) {
        try {
            session.close(status);
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("a WebSocket was gone before it was closed: {}", gone.getMessage());
        }
    }

    private void send(String type, @Nullable String id, @Nullable Object payload) {
        Map<String, Object> message = new LinkedHashMap<>();
        if (id != null) {
            message.put("id", id);
        }
        message.put("type", type);
        if (payload != null) {
            message.put("payload", payload);
        }
        send(new TextMessage(json.writeValueAsBytes(message)));
    }

    private void send(TextMessage text) {
        sending.lock();
        try {
            if (session.isOpen()) {
                session.sendMessage(text);
            }
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("a WebSocket was gone before it was sent a message: {}", gone.getMessage());
            close(CloseStatus.SESSION_NOT_RELIABLE);
        } finally {
            sending.unlock();
        }
    }
}
