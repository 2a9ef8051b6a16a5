package dev.towline.viewer;

import dev.towline.problem.BadInput;
import dev.towline.problem.RateLimited;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of a request or of a WebSocket connection.
 *
 * @param values looks up an entry of {@code connection_init} or, if absent, an HTTP header; names are case-insensitive, and several values
 *     of one name are {@link #combined}
 * @param headers looks up a header of the request or of the handshake; names are case-insensitive, and several values of one name are
 *     {@link #combined}
 * @param remoteAddress the address of the client, null if unknown
 * @param beforeCheck see {@link #requireMayTry}
 */
public record Credentials(
        Values values, Values headers, @Nullable InetSocketAddress remoteAddress, Runnable beforeCheck) {

    /** Credentials that may be tried as often as one likes. */
    public Credentials(Values values, Values headers, @Nullable InetSocketAddress remoteAddress) {
        this(values, headers, remoteAddress, () -> {});
    }

    /** The credentials of a request over HTTP: all are headers. */
    public Credentials(Values headers, @Nullable InetSocketAddress remoteAddress) {
        this(headers, headers, remoteAddress);
    }

    /** Looks up a credential by name. */
    @FunctionalInterface
    public interface Values {

        /**
         * The credential of this name, null if absent.
         *
         * @throws BadInput for this name if the value is not a text
         */
        @Nullable
        String get(String name);
    }

    /**
     * The credential of this name, null if absent.
     *
     * @throws BadInput for this name if the value is not a text
     */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /**
     * To be called before the check of a credential that is not known to be valid. So nobody is held up whose credential is.
     *
     * @throws RateLimited if too many credentials of the address were refused
     */
    public void requireMayTry() {
        beforeCheck.run();
    }

    /** The HTTP header of this name, which {@code connection_init} cannot replace; null if absent. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /**
     * The values of one name, joined by commas; null if there are none. The check of the value must reject a joined text where only one
     * value is allowed.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.3">RFC 9110, 5.3: Field Order</a>
     */
    public static @Nullable String combined(List<String> values) {
        return values.isEmpty() ? null : String.join(", ", values);
    }
}
