package dev.towline.edge.browser;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of cross-origin requests.
 *
 * @param allowedOrigins the origins of other pages that may use GraphQL over HTTP and WebSocket, such as {@code https://app.example}. The
 *     port may be {@code *}. A single {@code *} allows every page
 */
@ConfigurationProperties("towline.cors")
record CorsSettings(@DefaultValue List<String> allowedOrigins) {

    static final String EVERY_PAGE = "*";

    private static final String ANY_PORT = ":*";

    CorsSettings {
        allowedOrigins = List.copyOf(allowedOrigins);
        for (String origin : allowedOrigins) {
            if (!origin.equals(EVERY_PAGE) && !Origin.isOrigin(withoutAnyPort(origin))) {
                throw new IllegalArgumentException(
                        ("towline.cors.allowed-origins: \"%s\" is not an origin. An origin has a scheme, a host in"
                                        + " lower case and, if it is not the default one, a port, but no path:"
                                        + " https://app.example")
                                .formatted(origin));
            }
        }
        if (allowedOrigins.size() > 1 && allowedOrigins.contains(EVERY_PAGE)) {
            throw new IllegalArgumentException(
                    "towline.cors.allowed-origins: \"*\" allows every page, so it must be the only one");
        }
    }

    /** The origins as Spring's patterns. */
    List<String> patterns() {
        return allowedOrigins.stream()
                .map(origin -> origin.endsWith(ANY_PORT) ? withoutAnyPort(origin) + ":[*]" : origin)
                .toList();
    }

    private static String withoutAnyPort(String origin) {
        return origin.endsWith(ANY_PORT) ? origin.substring(0, origin.length() - ANY_PORT.length()) : origin;
    }
}
