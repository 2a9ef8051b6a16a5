package dev.towline.edge.socket;

import dev.towline.edge.error.Refusal;
import dev.towline.problem.Problem;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connection of one client. Messages arrive one at a time. Replies may be sent from any thread.
 *
 * @see <a href="https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md">GraphQL over WebSocket Protocol</a>
 */
final class SocketConnection {

    private static final Logger LOG = LoggerFactory.getLogger(SocketConnection.class);

    private final SocketLine line;
    private final SocketInfo info;
    private final WebGraphQlHandler graphQl;
    private final SocketText text;
    private final ConcurrentMap<String, SocketOperation> operations = new ConcurrentHashMap<>();
    private final Disposable.Composite waiting = Disposables.composite();
    private final AtomicBoolean initialised = new AtomicBoolean();
    private volatile boolean acknowledged;
    private volatile boolean closed;

    /** Whether a message arrived since the last ping. */
    private volatile boolean active = true;

    SocketConnection(SocketLine line, WebGraphQlHandler graphQl, SocketText text) {
        this.line = line;
        this.info = new SocketInfo(line.session());
        this.graphQl = graphQl;
        this.text = text;
    }

    /** Starts two timers: one closes a connection without {@code connection_init}, the other sends pings. */
    void opened(SocketSettings settings) {
        // Sending may block, but the thread of a timer must not.
        waiting.add(Mono.delay(settings.initTimeout())
                .subscribe(_ -> Thread.startVirtualThread(this::closeUnlessInitialised)));
        waiting.add(Flux.interval(settings.pingInterval()).subscribe(_ -> Thread.startVirtualThread(this::ping)));
    }

    /** Cleans up after either side has closed the connection. */
    void closed() {
        closed = true;
        waiting.dispose();
        operations.values().forEach(SocketOperation::cancel);
    }

    /** Handles a part of a message. Throws {@link SocketMessage.Malformed} and {@link SocketText.TooLong}. */
    void received(TextMessage part, JsonMapper json) {
        active = true;
        String whole = text.add(part);
        if (whole != null) {
            received(SocketMessage.read(json, whole));
        }
    }

    private void received(SocketMessage message) {
        switch (message) {
            case SocketMessage.Init(var payload) -> init(payload);
            case SocketMessage.Ping(var payload) -> line.pong(payload);
            case SocketMessage.Pong() -> {}
            case SocketMessage.Subscribe(var id, var request) -> subscribe(id, request);
            case SocketMessage.Complete(var id) -> {
                SocketOperation operation = operations.get(id);
                if (operation != null) {
                    operation.cancel();
                }
            }
        }
    }

    void close(CloseStatus status) {
        line.close(status);
    }

    private void closeUnlessInitialised() {
        if (!initialised.get()) {
            line.close(SocketClose.INIT_TIMEOUT);
        }
    }

    private void init(Map<String, Object> payload) {
        if (!initialised.compareAndSet(false, true)) {
            line.close(SocketClose.TOO_MANY_INITS);
            return;
        }
        WebSocketGraphQlInterceptor interceptor = graphQl.getWebSocketInterceptor();
        waiting.add(Mono.defer(() -> interceptor.handleConnectionInitialization(info, payload))
                .defaultIfEmpty(Map.of())
                .subscribe(this::acknowledge, this::refuse));
    }

    private void acknowledge(Object payload) {
        acknowledged = true;
        line.ack(payload instanceof Map<?, ?> map && map.isEmpty() ? null : payload);
    }

    private void refuse(Throwable refusal) {
        if (refusal instanceof Problem problem) {
            LOG.debug("a WebSocket was refused", refusal);
            line.close(SocketClose.refused(problem));
        } else {
            LOG.error("Towline could not determine the viewer of a WebSocket", refusal);
            line.close(SocketClose.INTERNAL);
        }
    }

    private void subscribe(String id, Map<String, Object> request) {
        if (!acknowledged) {
            line.close(SocketClose.UNAUTHORIZED);
            return;
        }
        SocketOperation operation = new SocketOperation(id, line, () -> operations.remove(id));
        if (operations.putIfAbsent(id, operation) != null) {
            line.close(SocketClose.exists(id));
            return;
        }
        if (closed) {
            operation.cancel();
            return;
        }
        String query = (String) request.get("query");
        if (query == null || query.isBlank()) {
            operation.start(Mono.error(Refusal.withoutDocument(query, request.get("extensions"))));
            return;
        }
        operation.start(Mono.defer(() -> graphQl.handleRequest(new WebSocketGraphQlRequest(
                info.getUri(),
                info.getHeaders(),
                new LinkedMultiValueMap<>(),
                info.getRemoteAddress(),
                info.getAttributes(),
                request,
                info.getId() + '-' + id,
                Locale.ROOT,
                info))));
    }

    private void ping() {
        if (!active) {
            line.close(SocketClose.SILENT);
            return;
        }
        active = false;
        if (!line.ping()) {
            active = true;
        }
    }
}
