package dev.towline.edge.http;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** HTTP/1.1 with connections that can be aborted while a thread writes to them. Tomcat itself only has a timeout for that. */
public final class AbortableProtocol extends Http11NioProtocol {

    /** For Tomcat, which creates it by its name. */
    public AbortableProtocol() {}

    /**
     * Closes a connection without sending anything. A thread that waits for the client to read notices when it is interrupted.
     *
     * @param connectionId the id that {@link jakarta.servlet.ServletConnection} has
     */
    void abort(String connectionId) {
        getEndpoint().getConnections().stream()
                .filter(connection -> connection
                        .getServletConnection("http/1.1", "")
                        .getConnectionId()
                        .equals(connectionId))
                .forEach(SocketWrapperBase::close);
    }
}
