package dev.towline.edge.browser;

import dev.towline.audit.AuditLog;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.graphql.autoconfigure.GraphQlCorsProperties;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

@Configuration(proxyBeanMethods = false)
class OriginConfiguration {

    /** Chrome remembers a preflight for at most this time. */
    private static final Duration PREFLIGHT_MAX_AGE = Duration.ofHours(2);

    private static final List<String> METHODS = List.of("GET", "HEAD", "POST");

    /** The headers of answers that a page of another origin may read, beyond those that Fetch always allows. */
    private static final List<String> EXPOSED = List.of(
            HttpHeaders.ETAG,
            HttpHeaders.RETRY_AFTER,
            HttpHeaders.WWW_AUTHENTICATE,
            HttpHeaders.ALLOW,
            "RateLimit",
            "RateLimit-Policy");

    /** Runs after the filter that rewrites handshakes, and before everything else that answers. */
    @Bean
    FilterRegistrationBean<CorsFilter> origins(
            CorsSettings settings, GraphQlProperties graphQl, GraphQlCorsProperties spring, AuditLog audit) {
        if (spring.toCorsConfiguration() != null) {
            throw new IllegalStateException(
                    "spring.graphql.cors is not supported: set towline.cors.allowed-origins, which also holds for"
                            + " WebSockets");
        }
        CorsConfiguration allowed = allowed(settings);
        UrlBasedCorsConfigurationSource paths = new UrlBasedCorsConfigurationSource();
        paths.registerCorsConfiguration(graphQl.getHttp().getPath() + "/**", allowed);
        paths.registerCorsConfiguration("/**", new CorsConfiguration());
        CorsFilter filter = new CorsFilter(paths);
        filter.setCorsProcessor(new OriginCheck(audit));
        FilterRegistrationBean<CorsFilter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
        return registration;
    }

    private static CorsConfiguration allowed(CorsSettings settings) {
        CorsConfiguration allowed = new OriginCheck.Executing();
        allowed.setAllowedMethods(METHODS);
        // Spring repeats the names that the page asks for. A page of an allowed origin may have headers of its own.
        allowed.addAllowedHeader(CorsConfiguration.ALL);
        allowed.setExposedHeaders(EXPOSED);
        allowed.setMaxAge(PREFLIGHT_MAX_AGE);
        if (settings.allowedOrigins().contains(CorsSettings.EVERY_PAGE)) {
            allowed.addAllowedOrigin(CorsConfiguration.ALL);
        } else {
            allowed.setAllowedOriginPatterns(settings.patterns());
        }
        return allowed;
    }
}
