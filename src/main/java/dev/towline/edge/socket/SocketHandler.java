package dev.towline.edge.socket;

import dev.towline.edge.RetryTimes;
import dev.towline.edge.Transport;
import dev.towline.edge.content.BodyBudget;
import dev.towline.edge.document.Documents;
import dev.towline.problem.RateLimited;
import dev.towline.problem.Unavailable;
import dev.towline.rate.OpenStreams;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/** GraphQL over WebSocket with the protocol {@code graphql-transport-ws}. It passes each part of a message to its connection. Thread-safe. */
final class SocketHandler extends AbstractWebSocketHandler implements SubProtocolCapable, Transport {

    private static final Logger LOG = LoggerFactory.getLogger(SocketHandler.class);

    private static final String PROTOCOL = "graphql-transport-ws";

    private final WebGraphQlHandler graphQl;
    private final JsonMapper json;
    private final SocketSettings settings;
    private final RetryTimes retryTimes;
    private final Documents documents;
    private final SocketLimits limits;
    private final BodyBudget budget;
    private final InstantSource clock;
    private final ConcurrentMap<String, SocketConnection> connections = new ConcurrentHashMap<>();
    private volatile boolean ended;

    SocketHandler(
            WebGraphQlHandler graphQl,
            JsonMapper json,
            SocketSettings settings,
            RetryTimes retryTimes,
            Documents documents,
            SocketLimits limits,
            BodyBudget budget,
            InstantSource clock) {
        this.budget = budget;
        this.clock = clock;
        this.documents = documents;
        this.graphQl = graphQl;
        this.json = json;
        this.settings = settings;
        this.retryTimes = retryTimes;
        this.limits = limits;
    }

    @Override
    public List<String> getSubProtocols() {
        return List.of(PROTOCOL);
    }

    /**
     * Partial messages are supported because the container would otherwise reserve a buffer of the maximum message size for each
     * connection.
     */
    @Override
    public boolean supportsPartialMessages() {
        return true;
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        SocketLine line = new SocketLine(session, json);
        OpenStreams.Place place;
        try {
            limits.requireRate(session.getRemoteAddress());
            if (!PROTOCOL.equals(session.getAcceptedProtocol())) {
                line.close(SocketClose.NOT_THIS_PROTOCOL);
                return;
            }
            place = limits.streams().ofAddress(session.getRemoteAddress());
        } catch (RateLimited refused) {
            line.close(SocketClose.limited(refused));
            return;
        }
        SocketConnection connection =
                new SocketConnection(line, graphQl, new SocketText(settings, budget, clock), documents, limits);
        connections.put(session.getId(), connection);
        connection.opened(settings, place);
        if (ended) {
            connection.close(SocketClose.goingAway(retryTimes.next()));
        }
    }

    @Override
    public CompletableFuture<Void> drain() {
        ended = true;
        return CompletableFuture.allOf(connections.values().stream()
                .map(each -> each.leave(SocketClose.goingAway(retryTimes.next())))
                .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage part) {
        SocketConnection connection = connections.get(session.getId());
        if (connection == null) {
            return;
        }
        try {
            connection.received(part, json);
        } catch (SocketMessage.Malformed malformed) {
            connection.close(SocketClose.malformed(malformed));
        } catch (SocketText.Exceeded exceeded) {
            connection.close(exceeded);
        } catch (Unavailable full) {
            connection.close(SocketClose.refused(full));
        } catch (RuntimeException e) {
            LOG.error("a WebSocket message could not be handled", e);
            connection.close(SocketClose.INTERNAL);
        }
    }

    @Override
    protected void handleBinaryMessage(WebSocketSession session, BinaryMessage message) {
        SocketConnection connection = connections.get(session.getId());
        if (connection != null) {
            connection.close(SocketClose.malformed(new SocketMessage.Malformed("Invalid message received")));
        }
    }

    @Override
    protected void handlePongMessage(WebSocketSession session, PongMessage message) {
        SocketConnection connection = connections.get(session.getId());
        if (connection != null) {
            connection.counted();
        }
    }

    @Override
    public void handleTransportError(WebSocketSession session, Throwable failure) {
        LOG.debug("a WebSocket broke: {}", failure.toString());
    }

    @Override
    public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
        SocketConnection connection = connections.remove(session.getId());
        if (connection != null) {
            connection.closed();
        }
    }
}
