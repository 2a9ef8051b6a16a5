package dev.towline.edge.content;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * The handshake of a WebSocket, with its headers as Spring and Tomcat read them: they take {@code Upgrade} for one value, and offered
 * protocols for a list only if they come in one line. No extension is offered: Tomcat would compress each message, for which it keeps
 * memory by the connection.
 */
final class Handshake extends HttpServletRequestWrapper {

    private static final String WEBSOCKET = "websocket";

    Handshake(HttpServletRequest request) {
        super(request);
    }

    /** Whether a request asks, among others perhaps, for a WebSocket. */
    static boolean is(HttpServletRequest request) {
        return Arrays.stream(
                        CompressionFilter.list(request, HttpHeaders.UPGRADE).split(",", -1))
                .anyMatch(protocol -> protocol.strip().equalsIgnoreCase(WEBSOCKET));
    }

    @Override
    public @Nullable String getHeader(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "upgrade" -> WEBSOCKET;
            case "sec-websocket-extensions" -> null;
            case "sec-websocket-protocol" -> {
                String offered = CompressionFilter.list((HttpServletRequest) getRequest(), name);
                yield offered.isEmpty() ? null : offered;
            }
            default -> super.getHeader(name);
        };
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "upgrade", "sec-websocket-extensions", "sec-websocket-protocol" -> {
                String value = getHeader(name);
                yield Collections.enumeration(value == null ? List.<String>of() : List.of(value));
            }
            default -> super.getHeaders(name);
        };
    }
}
