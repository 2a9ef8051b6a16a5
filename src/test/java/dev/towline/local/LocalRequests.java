package dev.towline.local;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which requests come from somebody on this machine. The address alone does not: a page of another host that resolves its name to
 * 127.0.0.1 (DNS rebinding) and a proxy on this machine have the same one. A page cannot change {@code Host} and {@code Origin}.
 */
public final class LocalRequests {

    /** The origins of all pages of this machine, as {@code towline.cors.allowed-origins} takes them. */
    static final List<String> ORIGINS = List.of(
            "http://localhost:*",
            "https://localhost:*",
            "http://127.0.0.1:*",
            "https://127.0.0.1:*",
            "http://[::1]:*",
            "https://[::1]:*");

    private static final String LOOPBACK = "127(\\.\\d{1,3}){3}";

    private static final Predicate<String> HOST =
            Pattern.compile("(localhost|" + LOOPBACK + "|\\[::1])(:\\d{1,5})?").asMatchPredicate();

    private static final Predicate<String> ADDRESS =
            Pattern.compile(LOOPBACK + "|\\[?::1]?").asMatchPredicate();

    private static final Pattern SCHEME = Pattern.compile("https?://");

    private LocalRequests() {}

    /** Looks up a header, null if it is absent. Several values of one name are joined by commas. */
    @FunctionalInterface
    public interface Headers {

        @Nullable
        String get(String name);
    }

    /**
     * Whether a request or a handshake comes from a program or a page of this machine.
     *
     * @param remoteAddress the address of the client
     */
    public static boolean isLocal(Headers headers, @Nullable InetSocketAddress remoteAddress) {
        InetAddress address = remoteAddress == null ? null : remoteAddress.getAddress();
        return address != null
                && address.isLoopbackAddress()
                && headers.get("Host") instanceof String host
                && isHost(host)
                && isOrigin(headers.get("Origin"))
                && headers.get("Forwarded") == null
                && all(headers.get("X-Forwarded-For"), ADDRESS)
                && all(headers.get("X-Real-IP"), ADDRESS)
                && all(headers.get("X-Forwarded-Host"), LocalRequests::isHost);
    }

    private static boolean isHost(String host) {
        return HOST.test(host.toLowerCase(Locale.ROOT));
    }

    private static boolean isOrigin(@Nullable String origin) {
        if (origin == null) {
            return true;
        }
        var scheme = SCHEME.matcher(origin);
        return scheme.lookingAt() && isHost(origin.substring(scheme.end()));
    }

    private static boolean all(@Nullable String list, Predicate<String> isLocal) {
        return list == null
                || Arrays.stream(list.split(",", -1)).map(String::strip).allMatch(isLocal);
    }
}
