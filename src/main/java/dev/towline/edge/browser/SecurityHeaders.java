package dev.towline.edge.browser;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
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

    /**
     * Everything comes from the service itself. The editor of GraphiQL sets styles in elements, and has images and fonts in its style
     * sheet. {@code 'self'} includes the WebSocket.
     */
    private static final String CONTENT = String.join(
            "; ",
            "default-src 'self'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'");

    private static final Map<String, String> ALWAYS = Map.of(
            "Content-Security-Policy",
            CONTENT,
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

    private static final String STRICT_TRANSPORT = "Strict-Transport-Security";

    /** One year: about what browsers' preload lists ask for. Other services on subdomains are not concerned. */
    private static final String A_YEAR = "max-age=31536000";

    /** The filter in its place: after the one that reads the headers of a proxy, and before those that answer. */
    public static FilterRegistrationBean<SecurityHeaders> registration() {
        FilterRegistrationBean<SecurityHeaders> registration = new FilterRegistrationBean<>(new SecurityHeaders());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 5);
        return registration;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        apply(response, request.isSecure());
        chain.doFilter(request, response);
    }

    /**
     * Sets the headers of an answer.
     *
     * @param secure whether the client has sent the request over TLS
     */
    public static void apply(HttpServletResponse response, boolean secure) {
        ALWAYS.forEach(response::setHeader);
        if (secure) {
            response.setHeader(STRICT_TRANSPORT, A_YEAR);
        }
    }
}
