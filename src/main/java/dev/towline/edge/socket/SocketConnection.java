package dev.towline.edge.socket;

import dev.towline.edge.Transport;
import dev.towline.edge.document.Documents;
import dev.towline.edge.error.Refusal;
import dev.towline.problem.Limit;
import dev.towline.problem.Problem;
import dev.towline.problem.RateLimited;
import dev.towline.rate.OpenStreams;
import dev.towline.viewer.Authentication;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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

    /** How long operations may still run when the credentials have ended. A database call with all its attempts takes at most 4 s. */
    private static final Duration LAST_EXECUTION = Duration.ofSeconds(5);

    private final SocketLine line;
    private final SocketInfo info;
    private final WebGraphQlHandler graphQl;
    private final SocketText text;
    private final Documents documents;
    private final SocketLimits limits;
    private final @Nullable Bucket messages;
    private final ConcurrentMap<String, SocketOperation> operations = new ConcurrentHashMap<>();

    /** The operations that have neither ended nor begun a stream. */
    private final Set<SocketOperation> unanswered = ConcurrentHashMap.newKeySet();

    private final Disposable.Composite waiting = Disposables.composite();
    private final AtomicBoolean initialised = new AtomicBoolean();
    private volatile boolean acknowledged;
    private volatile boolean leaving;
    private volatile boolean closed;

    /** Whether a message arrived since the last ping. */
    private volatile boolean active = true;

    SocketConnection(
            SocketLine line, WebGraphQlHandler graphQl, SocketText text, Documents documents, SocketLimits limits) {
        this.documents = documents;
        this.line = line;
        this.info = new SocketInfo(line.session());
        this.graphQl = graphQl;
        this.text = text;
        this.limits = limits;
        this.messages = limits.messages();
    }

    /**
     * Starts two timers: one closes a connection without {@code connection_init}, the other sends pings.
     *
     * @param place released when the connection is closed
     */
    void opened(SocketSettings settings, OpenStreams.Place place) {
        waiting.add(place::release);
        // Sending may block, but the thread of a timer must not.
        waiting.add(Mono.delay(settings.initTimeout())
                .subscribe(_ -> Thread.startVirtualThread(() -> closeUnlessInitialised(settings.initTimeout()))));
        waiting.add(Flux.interval(settings.pingInterval()).subscribe(_ -> Thread.startVirtualThread(this::ping)));
    }

    /** Cleans up after either side has closed the connection. */
    void closed() {
        closed = true;
        text.close();
        waiting.dispose();
        operations.values().forEach(SocketOperation::cancel);
    }

    /** Handles a part of a message. Throws {@link SocketMessage.Malformed}, and what {@link SocketText#add} throws. */
    void received(TextMessage part, JsonMapper json) {
        active = true;
        String whole = counted() ? text.add(part, acknowledged) : null;
        if (whole != null) {
            received(SocketMessage.read(json, whole));
        }
    }

    /** Counts a message or a part of one, also a pong of WebSocket. Closes the connection if there are too many. */
    boolean counted() {
        if (messages == null || messages.tryConsume(1)) {
            return true;
        }
        int perSecond = limits.settings().socketMessagesPerSecond();
        limits.close(
                line,
                SocketClose.TOO_MANY,
                new Limit("socketMessagesPerSecond", perSecond),
                "Too many messages: at most " + perSecond + " a second");
        return false;
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

    void close(SocketText.Exceeded message) {
        limits.close(line, message.closeCode(), message.limit(), String.valueOf(message.getMessage()));
    }

    /**
     * Closes the connection when all queries and mutations have been answered. Until then it starts no further operations, as if they had
     * come after the end. Does not block.
     *
     * @return completes when the connection is closed, or the client does not read what is sent
     */
    CompletableFuture<Void> leave(CloseStatus status) {
        leaving = true;
        return closeAfter(all(SocketOperation::executed), status);
    }

    private CompletableFuture<Void> closeAfter(CompletableFuture<Void> executed, CloseStatus status) {
        return executed.thenCompose(_ -> orNotRead(all(SocketOperation::answered)))
                // Closing blocks while the client does not read.
                .thenCompose(
                        _ -> orNotRead(CompletableFuture.runAsync(() -> close(status), Thread::startVirtualThread)));
    }

    private CompletableFuture<Void> all(Function<SocketOperation, CompletableFuture<Void>> step) {
        return CompletableFuture.allOf(unanswered.stream().map(step).toArray(CompletableFuture<?>[]::new));
    }

    private static CompletableFuture<Void> orNotRead(CompletableFuture<Void> sent) {
        return sent.completeOnTimeout(null, Transport.LAST_READ.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void closeUnlessInitialised(Duration timeout) {
        if (!initialised.get()) {
            limits.close(
                    line,
                    SocketClose.TIMEOUT,
                    new Limit("initTimeout", timeout.toMillis()),
                    "Connection initialisation timeout: " + timeout.toMillis() + " ms");
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
        Authentication authentication =
                info.getAttributes().get(Authentication.class.getName()) instanceof Authentication known ? known : null;
        if (authentication != null) {
            try {
                OpenStreams.Place place = limits.streams().ofViewer(authentication.viewer());
                waiting.add(place::release);
            } catch (RateLimited full) {
                line.close(SocketClose.limited(full));
                return;
            }
        }
        acknowledged = true;
        line.ack(payload instanceof Map<?, ?> map && map.isEmpty() ? null : payload);
        if (authentication != null) {
            waiting.add(authentication
                    .end()
                    .doOnTerminate(this::endWithCredentials)
                    .onErrorComplete()
                    .subscribe());
        }
    }

    /**
     * Ends all streams at once. Queries and mutations that came before are answered, so that a client need not guess whether a mutation has
     * happened.
     */
    private void endWithCredentials() {
        leaving = true;
        operations.values().forEach(SocketOperation::endStream);
        var _ = closeAfter(
                all(SocketOperation::executed).completeOnTimeout(null, LAST_EXECUTION.toNanos(), TimeUnit.NANOSECONDS),
                SocketClose.FORBIDDEN);
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
        if (limits.areTooMany(operations.size())) {
            int most = limits.settings().socketOperations();
            limits.close(
                    line,
                    SocketClose.TOO_MANY,
                    new Limit("socketOperations", most),
                    "Too many operations at once: at most " + most);
            return;
        }
        unanswered.add(operation);
        var _ = operation.answered().thenRun(() -> unanswered.remove(operation));
        if (closed || leaving) {
            operation.cancel();
            return;
        }
        Map<String, Object> whole = new HashMap<>(request);
        try {
            // Also an operation that is refused below counts.
            limits.requireRate(info.getRemoteAddress());
            whole.put("query", documents.find(request));
        } catch (Refusal | RateLimited refusal) {
            operation.start(Mono.error(refusal));
            return;
        }
        // A stream keeps its request as long as it lasts.
        whole.put("extensions", Documents.usedExtensions(request));
        operation.start(Mono.defer(() -> graphQl.handleRequest(new WebSocketGraphQlRequest(
                info.getUri(),
                info.getHeaders(),
                new LinkedMultiValueMap<>(),
                info.getRemoteAddress(),
                info.getAttributes(),
                whole,
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
