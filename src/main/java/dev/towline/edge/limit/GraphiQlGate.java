package dev.towline.edge.limit;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/** Hides the pages of GraphiQL and the file with the whole schema where introspection is not allowed. */
@Configuration(proxyBeanMethods = false)
class GraphiQlGate {

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> graphiQlPages(LimitSettings limits, GraphQlProperties properties) {
        var registration = new FilterRegistrationBean<OncePerRequestFilter>(new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws IOException {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
            }
        });
        registration.addUrlPatterns(
                "/graphiql", "/graphiql/*", properties.getHttp().getPath() + "/schema.graphql");
        registration.setEnabled(!limits.introspection());
        return registration;
    }
}
