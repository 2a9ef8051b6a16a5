package dev.towline.edge;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.SubProtocolCapable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.AbstractWebSocketHandler;
import tools.jackson.databind.json.JsonMapper;

/** GraphQL over WebSocket, protocol {@code graphql-transport-ws}: hands each message to the connection that it came over. Thread-safe. */
final class SocketHandler extends AbstractWebSocketHandler implements SubProtocolCapable {

    private static final Logger LOG = LoggerFactory.getLogger(SocketHandler.class);

    private static final String PROTOCOL = "graphql-transport-ws";

    private final WebGraphQlHandler graphQl;
    private final JsonMapper json;
    private final SocketSettings settings;
    private final ConcurrentMap<String, SocketConnection> connections = new ConcurrentHashMap<>();

    SocketHandler(WebGraphQlHandler graphQl, JsonMapper json, SocketSettings settings) {
        this.graphQl = graphQl;
        this.json = json;
        this.settings = settings;
    }

    @Override
    public List<String> getSubProtocols() {
        return List.of(PROTOCOL);
    }

    @Override
    public void afterConnectionEstablished(WebSocketSession session) {
        SocketLine line = new SocketLine(session, json);
        if (!PROTOCOL.equals(session.getAcceptedProtocol())) {
            line.close(SocketClose.NOT_THIS_PROTOCOL);
            return;
        }
        session.setTextMessageSizeLimit((int) settings.maxMessage().toBytes());
        SocketConnection connection = new SocketConnection(line, graphQl);
        connections.put(session.getId(), connection);
        connection.opened(settings);
    }

    @Override
    protected void handleTextMessage(WebSocketSession session, TextMessage message) {
        SocketConnection connection = connections.get(session.getId());
        if (connection == null) {
            return;
        }
        try {
            connection.received(SocketMessage.read(json, message.getPayload()));
        } catch (SocketMessage.Malformed malformed) {
            connection.close(SocketClose.malformed(malformed));
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
