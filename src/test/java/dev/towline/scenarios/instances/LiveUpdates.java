package dev.towline.scenarios.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.scenarios.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Subscriptions to sessions over one WebSocket, which answers pings. Blocking. */
final class LiveUpdates implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final GraphQlSocket socket;
    private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
    private volatile boolean isClosed;

    private LiveUpdates(Caller api) {
        socket = GraphQlSocket.connect(api).init(Map.of());
        Thread.startVirtualThread(this::read);
    }

    /** One subscription to a session. */
    static LiveUpdates of(Caller api, String session, String arguments) {
        return new LiveUpdates(api).subscribe("0", session, arguments);
    }

    /** A subscription to each of these sessions. */
    static LiveUpdates ofAll(Caller api, List<String> sessions) {
        LiveUpdates updates = new LiveUpdates(api);
        for (int i = 0; i < sessions.size(); i++) {
            updates.subscribe(Integer.toString(i), sessions.get(i), "");
        }
        return updates;
    }

    private LiveUpdates subscribe(String id, String session, String arguments) {
        socket.subscribe(
                id,
                "subscription { onTrackingUpdated(sessionId: \"%s\" %s) { kind sequence epoch missed session { sequence } } }"
                        .formatted(session, arguments),
                Map.of());
        return this;
    }

    /** The next message of any subscription, {@code next}, {@code error} or {@code complete}. */
    JsonNode message() {
        return message(PATIENCE);
    }

    private JsonNode message(Duration patience) {
        try {
            JsonNode message = messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(message)
                    .as("a message within %s, from a socket that is %s", patience, socket.closing())
                    .isNotNull();
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next update; fails if something else comes, or nothing in that time. */
    JsonNode next(Duration patience) {
        JsonNode update = message(patience).at("/payload/data/onTrackingUpdated");
        assertThat(update.isMissingNode()).isFalse();
        return update;
    }

    JsonNode next() {
        return next(PATIENCE);
    }

    /** The sequences of the next updates. */
    List<Integer> sequences(int count) {
        List<Integer> sequences = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sequences.add(next().path("sequence").asInt());
        }
        return sequences;
    }

    /** Whether nothing is waiting. */
    boolean isSilent() {
        return messages.isEmpty();
    }

    private void read() {
        while (!isClosed && !socket.isClosed()) {
            JsonNode message = socket.poll(Duration.ofMillis(500));
            if (message != null) {
                switch (message.path("type").asString()) {
                    case "ping" -> socket.pong();
                    case "connection_ack" -> {}
                    default -> messages.add(message);
                }
            }
        }
    }

    @Override
    public void close() {
        isClosed = true;
        socket.close();
    }
}
