package dev.towline.edge.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** The connections of the web server. Thread-safe. */
@Component
class Connections implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final List<AbortableProtocol> protocols = new CopyOnWriteArrayList<>();
    private final HttpSettings settings;

    Connections(HttpSettings settings) {
        this.settings = settings;
    }

    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        factory.setProtocol(AbortableProtocol.class.getName());
        factory.addProtocolHandlerCustomizers((AbortableProtocol protocol) -> {
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
