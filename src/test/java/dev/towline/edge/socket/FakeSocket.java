package dev.towline.edge.socket;

import java.net.InetSocketAddress;
import java.net.URI;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * A client with a WebSocket but without a network. A message has been handled when {@link #says} returns. In messages, {@code '} stands for
 * {@code "}.
 */
public final class FakeSocket implements WebSocketSession {

    private final SocketHandler handler;
    private final String id = UUID.randomUUID().toString();
    private final Map<String, Object> attributes = new HashMap<>();
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<CloseStatus> closed = new CompletableFuture<>();

    /** A hook that runs while a message is sent to this client. */
    volatile Consumer<String> onHearing = _ -> {};

    private final String protocol;

    private FakeSocket(SocketHandler handler, String protocol) {
        this.handler = handler;
        this.protocol = protocol;
    }

    public static FakeSocket connect(SocketHandler handler) {
        return connect(handler, "graphql-transport-ws");
    }

    static FakeSocket connect(SocketHandler handler, String protocol) {
        FakeSocket socket = new FakeSocket(handler, protocol);
        handler.afterConnectionEstablished(socket);
        return socket;
    }

    /** Connects and is acknowledged. */
    public static FakeSocket introduced(SocketHandler handler) {
        FakeSocket socket = connect(handler).says("{'type':'connection_init'}");
        if (!socket.hears().equals("{'type':'connection_ack'}")) {
            throw new AssertionError("not acknowledged");
        }
        return socket;
    }

    public FakeSocket says(String message) {
        handler.handleTextMessage(this, new TextMessage(message.replace('\'', '"')));
        return this;
    }

    /** Sends a part of a message that is not the last one. */
    FakeSocket saysPart(String part) {
        handler.handleTextMessage(this, new TextMessage(part, false));
        return this;
    }

    public FakeSocket subscribes(String id) {
        return says("{'id':'%s','type':'subscribe','payload':{'query':'{ field }'}}".formatted(id));
    }

    /** The next message; fails if there is none in time. */
    public String hears() {
        try {
            String message = heard.poll(10, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("nothing came in time");
            }
            return message;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The messages that came by now and were not asked for. */
    List<String> heardSoFar() {
        return List.copyOf(heard);
    }

    public boolean heardAll() {
        return heard.isEmpty();
    }

    /** The close status; fails if the socket is not closed in time. */
    public CloseStatus closed() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Closes the connection by the client. */
    public void leaves() {
        close(CloseStatus.NORMAL);
    }

    @Override
    public void sendMessage(WebSocketMessage<?> message) {
        String text = ((TextMessage) message).getPayload().replace('"', '\'');
        heard.add(text);
        onHearing.accept(text);
    }

    @Override
    public boolean isOpen() {
        return !closed.isDone();
    }

    @Override
    public void close() {
        close(CloseStatus.NORMAL);
    }

    @Override
    public void close(CloseStatus status) {
        if (closed.complete(status)) {
            handler.afterConnectionClosed(this, status);
        }
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public URI getUri() {
        return URI.create("/graphql");
    }

    @Override
    public HttpHeaders getHandshakeHeaders() {
        return new HttpHeaders();
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public @Nullable Principal getPrincipal() {
        return null;
    }

    @Override
    public @Nullable InetSocketAddress getLocalAddress() {
        return null;
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() {
        return null;
    }

    @Override
    public String getAcceptedProtocol() {
        return protocol;
    }

    @Override
    public void setTextMessageSizeLimit(int messageSizeLimit) {}

    @Override
    public int getTextMessageSizeLimit() {
        return 0;
    }

    @Override
    public void setBinaryMessageSizeLimit(int messageSizeLimit) {}

    @Override
    public int getBinaryMessageSizeLimit() {
        return 0;
    }

    @Override
    public List<WebSocketExtension> getExtensions() {
        return List.of();
    }
}
