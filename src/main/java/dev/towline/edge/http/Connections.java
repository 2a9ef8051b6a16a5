package dev.towline.edge.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** The connections of the web server. Thread-safe. */
@Component
class Connections implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /**
     * The buffers of a connection and those of a WebSocket, five together. Each watcher holds them as long as it watches. An update fits
     * into one, so it is one frame and one write.
     */
    private static final int BUFFER_BYTES = 2048;

    /** Read once, when Tomcat loads its classes for WebSockets. */
    private static final String SOCKET_BUFFERS = "org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE";

    private final List<AbortableProtocol> protocols = new CopyOnWriteArrayList<>();
    private final HttpSettings settings;

    Connections(HttpSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        String bufferBytes = Integer.toString(BUFFER_BYTES);
        System.setProperty(SOCKET_BUFFERS, System.getProperty(SOCKET_BUFFERS, bufferBytes));
        factory.setProtocol(AbortableProtocol.class.getName());
        factory.addProtocolHandlerCustomizers((AbortableProtocol protocol) -> {
            protocol.setProperty("socket.appReadBufSize", bufferBytes);
            protocol.setProperty("socket.appWriteBufSize", bufferBytes);
            protocol.setProperty(
                    "socket.txBufSize", Long.toString(settings.sendBuffer().toBytes()));
            protocols.add(protocol);
        });
    }

    /**
     * Closes a connection without sending anything, also while a thread writes to it. The thread fails as soon as it is interrupted.
     *
     * @param connectionId the id that {@link jakarta.servlet.ServletConnection} has
     */
    void abort(String connectionId) {
        protocols.forEach(protocol -> protocol.abort(connectionId));
    }
}
