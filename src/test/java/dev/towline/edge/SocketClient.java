package dev.towline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client with a real WebSocket. It sends only the messages of the test, and answers no ping. In messages, {@code '} stands for {@code "}.
 * Blocking, for one thread.
 */
public final class SocketClient implements AutoCloseable {

    public static final String PROTOCOL = "graphql-transport-ws";

    private static final String PING = "{\"type\":\"ping\"}";
    private static final int PATIENCE_SECONDS = 20;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Incoming incoming = new Incoming();
    private final WebSocket socket;

    private SocketClient(WebSocket.Builder builder, int port) {
        socket = builder.buildAsync(URI.create("ws://127.0.0.1:%d/graphql".formatted(port)), incoming)
                .join();
    }

    /** The close status of a connection. */
    public record Close(int code, String reason) {}

    /** Connects with these subprotocols. */
    public static SocketClient asking(int port, String... protocols) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (protocols.length > 0) {
            builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
        }
        return new SocketClient(builder, port);
    }

    /** Connects like a page of an origin. */
    public static SocketClient from(String origin, int port) {
        return new SocketClient(
                HTTP.newWebSocketBuilder().subprotocols(PROTOCOL).header("Origin", origin), port);
    }

    /** Connects with these header lines in its handshake, each a name and a value. */
    public static SocketClient having(int port, String... headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().subprotocols(PROTOCOL);
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return new SocketClient(builder, port);
    }

    public static SocketClient connect(int port) {
        return asking(port, PROTOCOL);
    }

    /** Sends {@code connection_init} and receives the acknowledgement. */
    public SocketClient introduced() {
        assertThat(says("{'type':'connection_init'}").hears()).isEqualTo("{'type':'connection_ack'}");
        return this;
    }

    public String subprotocol() {
        return socket.getSubprotocol();
    }

    /** Sends a message. It is lost if the server has closed the connection, which it may do at any time after a message before. */
    public SocketClient says(String message) {
        return saysPart(message, true);
    }

    public SocketClient saysPart(String part, boolean last) {
        return sent(socket.sendText(part.replace('\'', '"'), last));
    }

    public SocketClient saysBytes(byte... bytes) {
        return sent(socket.sendBinary(ByteBuffer.wrap(bytes), true));
    }

    private SocketClient sent(CompletableFuture<WebSocket> sending) {
        try {
            sending.join();
        } catch (CompletionException failure) {
            if (!socket.isOutputClosed()) {
                throw failure;
            }
        }
        return this;
    }

    /** Starts an operation; the document must not have quotation marks. */
    public SocketClient subscribes(String id, String document) {
        return says("{'id':'%s','type':'subscribe','payload':{'query':'%s'}}".formatted(id, document));
    }

    public SocketClient completes(String id) {
        return says("{'id':'%s','type':'complete'}".formatted(id));
    }

    /** The next message; fails if there is none in time. Pings of the server are left out. */
    public String hears() {
        return nextMessage().replace('"', '\'');
    }

    /** The payload of the next message, which must have this type and this id. */
    public JsonNode hears(String type, String id) {
        JsonNode message = hearsAny();
        assertThat(message.path("type").asString()).as("%s", message).isEqualTo(type);
        assertThat(message.path("id").asString()).as("%s", message).isEqualTo(id);
        return message.path("payload");
    }

    /** The next message of any type. */
    public JsonNode hearsAny() {
        return Endpoint.JSON.readTree(nextMessage());
    }

    /** Fails if a message arrives. */
    public SocketClient hearsNothing() {
        says("{'type':'ping','payload':{'anything':'there'}}");
        assertThat(hears()).isEqualTo("{'type':'pong','payload':{'anything':'there'}}");
        return this;
    }

    /** Reads at most one more message from the network, until {@link #listensAgain}. */
    public void stopsListening() {
        incoming.isPaused = true;
    }

    public void listensAgain() {
        incoming.isPaused = false;
        socket.request(1);
    }

    /** Whether the server has not closed the connection yet. */
    public boolean isOpen() {
        return !incoming.closed.isDone() && !socket.isOutputClosed();
    }

    /** The close status of the server; fails if it does not close in time. */
    public Close closed() {
        return incoming.closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Closes the connection with a close frame. */
    public void leaves() {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    /** Closes the connection without a close frame. */
    @Override
    public void close() {
        socket.abort();
    }

    private String nextMessage() {
        try {
            String message = PING;
            while (message.equals(PING)) {
                message = incoming.messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError(
                            "nothing came in time" + (incoming.closed.isDone() ? ": " + closed() : ""));
                }
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static final class Incoming implements WebSocket.Listener {

        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Close> closed = new CompletableFuture<>();
        private final StringBuilder text = new StringBuilder();
        private volatile boolean isPaused;

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            if (!isPaused) {
                webSocket.request(1);
            }
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
            closed.complete(new Close(statusCode, reason));
            return null;
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            closed.completeExceptionally(error);
        }
    }
}
