package dev.towline.edge.browser;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;

/**
 * Answers preflight requests, and refuses requests of pages that are neither of the own origin nor of an allowed one, with 403 and without a
 * body, which the error report adds. So a foreign page cannot use the authority that an address or the network gives. Thread-safe.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#origin-header">Fetch: the Origin header</a>
 * @see <a href="https://www.w3.org/TR/fetch-metadata/#sec-fetch-site-header">Fetch Metadata: Sec-Fetch-Site</a>
 */
final class OriginCheck extends DefaultCorsProcessor {

    private static final String SITE = "Sec-Fetch-Site";

    /** The values of {@value SITE} for requests that another origin has caused. */
    private static final Set<String> OTHERS = Set.of("cross-site", "same-site");

    private final AuditLog audit;
    private final CorsConfiguration executing;

    /** @param executing the configuration of the paths where a GET is executed. Elsewhere, a link on a foreign page may lead to a page */
    OriginCheck(AuditLog audit, CorsConfiguration executing) {
        this.audit = audit;
        this.executing = executing;
    }

    @Override
    public boolean processRequest(
            @Nullable CorsConfiguration configuration, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (configuration == executing && isCausedByAnother(request)) {
            response.setStatus(HttpStatus.FORBIDDEN.value());
        } else if (super.processRequest(configuration, request, response)) {
            return true;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        audit.refused(
                new Actor(null, request.getRemoteAddr()),
                request.getHeader(HttpHeaders.UPGRADE) == null ? "request" : "handshake",
                "from " + (origin == null ? "another origin" : origin),
                "the origin is not allowed");
        return false;
    }

    /** A browser sends no {@code Origin} with a link, an image or a script, but says that another page has them. */
    private static boolean isCausedByAnother(HttpServletRequest request) {
        String site = request.getHeader(SITE);
        return request.getHeader(HttpHeaders.ORIGIN) == null && site != null && OTHERS.contains(site);
    }

    @Override
    protected void rejectRequest(ServerHttpResponse response) {
        response.setStatusCode(HttpStatus.FORBIDDEN);
    }
}
