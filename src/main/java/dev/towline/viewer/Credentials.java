package dev.towline.viewer;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a request or a connection brought along to say who it is.
 *
 * @param values the credential of a name, null where there is none: an HTTP header, or an entry of {@code connection_init}, which
 *     wins; names are case-insensitive
 * @param remoteAddress the other end of the connection, null if unknown
 */
public record Credentials(Values values, @Nullable InetSocketAddress remoteAddress) {

    /** Looks a credential up by its name. */
    @FunctionalInterface
    public interface Values {

        /** The credential of that name, null where there is none. */
        @Nullable
        String get(String name);
    }

    /** The credential of that name, null where there is none. */
    public @Nullable String get(String name) {
        return values.get(name);
    }
}
