package dev.towline.scenarios.instances;

import dev.towline.scenarios.Caller;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A GraphQL endpoint over a WebSocket, message by message in the graphql-transport-ws protocol. Blocking. */
public final class GraphQlSocket implements AutoCloseable {

    /** Without connections that requests have used before: after a hundred of them, Tomcat closes a connection, which this client cannot upgrade. */
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static final int PATIENCE_SECONDS = 60;

    private final Incoming incoming = new Incoming();
    private final WebSocket socket;

    private GraphQlSocket(Caller caller) {
        WebSocket.Builder builder = CLIENT.newWebSocketBuilder().subprotocols("graphql-transport-ws");
        caller.headers().forEach(header -> builder.header(header.getKey(), header.getValue()));
        socket = builder.buildAsync(URI.create(caller.uri().toString().replaceFirst("http", "ws")), incoming)
                .join();
    }

    /** Connects, without saying anything yet. */
    public static GraphQlSocket connect(Caller caller) {
        return new GraphQlSocket(caller);
    }

    /** Says {@code connection_init} with that payload. */
    public GraphQlSocket init(Map<String, ?> payload) {
        return send(Map.of("type", "connection_init", "payload", payload));
    }

    /** Subscribes under an id. */
    public GraphQlSocket subscribe(String id, String text, Map<String, ?> variables) {
        return send(Map.of("id", id, "type", "subscribe", "payload", Map.of("query", text, "variables", variables)));
    }

    /** Answers a ping. */
    public GraphQlSocket pong() {
        return send(Map.of("type", "pong"));
    }

    /** Takes no more bytes from the socket, as a client that hangs. */
    public void stopReading() {
        incoming.stop();
    }

    /** Takes bytes again. */
    public void goOnReading() {
        incoming.goOn(socket);
    }

    /** The next message, a ping too, or null where none comes in that time. */
    public @Nullable JsonNode poll(Duration patience) {
        try {
            return incoming.messages.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The other end has closed it, or the connection is broken. */
    public boolean isClosed() {
        return incoming.closed.isDone();
    }

    /** Whether the other end has closed it with this code. */
    public boolean isClosedWith(int code) {
        return incoming.closed.isDone()
                && !incoming.closed.isCompletedExceptionally()
                && incoming.closed.join() == code;
    }

    /** Whether and how it was closed, for a message. */
    String closing() {
        return incoming.closed
                .handle((code, error) -> error == null ? "closed with " + code : "broken: " + error)
                .getNow("open");
    }

    /** The next message that is not a ping; fails if none comes in time, however many pings do. */
    JsonNode next() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            JsonNode message;
            do {
                message = Objects.requireNonNull(
                        incoming.messages.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS), "no message");
            } while (message.path("type").asString().equals("ping"));
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The code that the other end has closed it with; fails if it does not in time. */
    int closeCode() {
        return incoming.closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private GraphQlSocket send(Map<String, ?> message) {
        socket.sendText(JsonMapper.shared().writeValueAsString(message), true).join();
        return this;
    }

    private static final class Incoming implements WebSocket.Listener {

        private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private boolean stopped;

        /** Whether the next message is to be requested when it goes on. */
        private boolean wanted;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(JsonMapper.shared().readTree(text.toString()));
                text.setLength(0);
            }
            requestNext(webSocket);
            return null;
        }

        synchronized void stop() {
            stopped = true;
        }

        synchronized void goOn(WebSocket webSocket) {
            stopped = false;
            if (wanted) {
                wanted = false;
                webSocket.request(1);
            }
        }

        private synchronized void requestNext(WebSocket webSocket) {
            if (stopped) {
                wanted = true;
            } else {
                webSocket.request(1);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
