package dev.towline.edge.browser;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Sets the headers that tell a browser what a page of the service may do, on every answer: a browser ignores them where they do not apply.
 * Thread-safe.
 *
 * @see <a href="https://www.w3.org/TR/CSP3/">Content Security Policy Level 3</a>
 */
public final class SecurityHeaders extends OncePerRequestFilter {

    private static final String CONTENT_POLICY = "Content-Security-Policy";

    private static final Map<String, String> ALWAYS = Map.of(
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Permissions-Policy",
            "geolocation=(self), camera=(), microphone=(), payment=(), usb=()",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            // does not hold for requests that CORS allows
            "Cross-Origin-Resource-Policy",
            "same-origin");

    /** The policy without other origins. */
    private static final String DEFAULT_CONTENT_POLICY = contentPolicy(List.of(), List.of());

    private static final String STRICT_TRANSPORT = "Strict-Transport-Security";

    /** One year: about what browsers' preload lists ask for. Other services on subdomains are not concerned. */
    private static final String A_YEAR = "max-age=31536000";

    private final String contentPolicy;

    private SecurityHeaders(List<String> mapSources, List<String> tokenSources) {
        contentPolicy = contentPolicy(mapSources, tokenSources);
    }

    /** The filter in its place: after the one that reads the headers of a proxy, and before those that answer. */
    public static FilterRegistrationBean<SecurityHeaders> registration() {
        return registration(List.of(), List.of());
    }

    /**
     * @param mapSources origins from which the pages may load maps
     * @param tokenSources origins from which the pages may get tokens
     */
    static FilterRegistrationBean<SecurityHeaders> registration(List<String> mapSources, List<String> tokenSources) {
        FilterRegistrationBean<SecurityHeaders> registration =
                new FilterRegistrationBean<>(new SecurityHeaders(mapSources, tokenSources));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return registration;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        apply(response, request.isSecure(), contentPolicy);
        chain.doFilter(request, response);
    }

    /**
     * Sets the headers of an answer without a page.
     *
     * @param secure whether the client has sent the request over TLS
     */
    public static void apply(HttpServletResponse response, boolean secure) {
        apply(response, secure, DEFAULT_CONTENT_POLICY);
    }

    private static void apply(HttpServletResponse response, boolean secure, String contentPolicy) {
        response.setHeader(CONTENT_POLICY, contentPolicy);
        ALWAYS.forEach(response::setHeader);
        if (secure) {
            response.setHeader(STRICT_TRANSPORT, A_YEAR);
        }
    }

    /**
     * Everything comes from the service itself, save maps and tokens. The editor of GraphiQL sets styles in elements, and has images and fonts in its
     * style sheet. {@code 'self'} includes the WebSocket.
     */
    private static String contentPolicy(List<String> mapSources, List<String> tokenSources) {
        String maps = listed(mapSources);
        return String.join(
                "; ",
                "default-src 'self'",
                "connect-src 'self'" + maps + listed(tokenSources),
                "style-src 'self' 'unsafe-inline'",
                "img-src 'self' data:" + maps,
                "font-src 'self' data:",
                "object-src 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "frame-ancestors 'none'");
    }

    private static String listed(List<String> sources) {
        return sources.stream().map(" "::concat).collect(Collectors.joining());
    }
}
