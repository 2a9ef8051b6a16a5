package dev.towline.edge.http;

import org.springframework.boot.graphql.autoconfigure.GraphQlProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.servlet.function.RequestPredicates;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

@Configuration(proxyBeanMethods = false)
class HttpConfiguration {

    /**
     * Replaces the route of Spring for GraphQL, which does not support GET and fails the audit suite. A WebSocket handshake does not get
     * here.
     */
    @Bean
    @Order(-1)
    RouterFunction<ServerResponse> graphQlOverHttp(GraphQlProperties properties, GraphQlHttp http) {
        return RouterFunctions.route(RequestPredicates.path(properties.getHttp().getPath()), http::answer);
    }
}
