package dev.towline.viewer;

import dev.towline.problem.BadInput;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request or a connection brought along to say who it is.
 *
 * @param values the credential of a name, null where there is none: an HTTP header, or an entry of {@code connection_init}, which
 *     wins; names are case-insensitive. One that came several times is {@link #combined}
 * @param remoteAddress the other end of the connection, null if unknown
 */
public record Credentials(Values values, @Nullable InetSocketAddress remoteAddress) {

    /** Looks a credential up by its name. */
    @FunctionalInterface
    public interface Values {

        /**
         * The credential of that name, null where there is none.
         *
         * @throws BadInput naming it if it is no text
         */
        @Nullable
        String get(String name);
    }

    /**
     * The credential of that name, null where there is none.
     *
     * @throws BadInput naming it if it is no text
     */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /**
     * Everything that came under one name as one value, null where nothing did. The parts of a list become one list. Several values
     * of what can have only one are joined, too: that is for whoever checks the value to refuse.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.3">RFC 9110, 5.3: Field Order</a>
     */
    public static @Nullable String combined(List<String> values) {
        return values.isEmpty() ? null : String.join(", ", values);
    }
}
