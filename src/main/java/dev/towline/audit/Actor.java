package dev.towline.audit;

import dev.towline.viewer.Viewer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, for the audit log. A resolver receives it as {@code @ContextValue Actor actor}.
 *
 * @param viewer the viewer, null if the request did not identify one
 * @param address the IP address of the client, null if unknown
 */
public record Actor(@Nullable Viewer viewer, @Nullable String address) {

    /** The name of the value in the context of resolvers. */
    public static final String CONTEXT_KEY = "actor";

    /** A viewer at an address. */
    public static Actor of(@Nullable Viewer viewer, @Nullable InetSocketAddress remoteAddress) {
        InetAddress address = remoteAddress == null ? null : remoteAddress.getAddress();
        return new Actor(viewer, address == null ? null : address.getHostAddress());
    }
}
