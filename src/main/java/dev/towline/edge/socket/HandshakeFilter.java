package dev.towline.edge.socket;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Rewrites the headers of a WebSocket handshake for Spring and Tomcat: they read {@code Upgrade} as a single value, and expect all offered
 * subprotocols in one line. It also removes extensions, because Tomcat would compress each message and reserve memory for that in each
 * connection.
 */
final class HandshakeFilter implements Filter {

    private static final String WEBSOCKET = "websocket";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean isHandshake = request instanceof HttpServletRequest http
                && Arrays.stream(list(http, HttpHeaders.UPGRADE).split(",", -1))
                        .anyMatch(protocol -> protocol.strip().equalsIgnoreCase(WEBSOCKET));
        chain.doFilter(isHandshake ? new Handshake((HttpServletRequest) request) : request, response);
    }

    /** All lines of a list header as one line (RFC 9110, 5.3). Empty if it is absent. */
    private static String list(HttpServletRequest request, String name) {
        return String.join(", ", Collections.list(request.getHeaders(name)));
    }

    private static final class Handshake extends HttpServletRequestWrapper {

        Handshake(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "upgrade" -> WEBSOCKET;
                case "sec-websocket-extensions" -> null;
                case "sec-websocket-protocol" -> {
                    String offered = list((HttpServletRequest) getRequest(), name);
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
}
