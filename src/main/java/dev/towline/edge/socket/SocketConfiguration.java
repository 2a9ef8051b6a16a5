package dev.towline.edge.socket;

import dev.towline.edge.RetryTimes;
import dev.towline.edge.content.BodyBudget;
import dev.towline.edge.document.Documents;
import dev.towline.edge.error.LimitMetrics;
import dev.towline.rate.OpenStreams;
import dev.towline.rate.RateSettings;
import dev.towline.rate.Rates;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHandlerMapping;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import tools.jackson.databind.json.JsonMapper;

/**
 * WebSockets on the path of GraphQL. It handles only upgrade requests, and leaves other requests to HTTP. A filter has checked the origin of
 * the page ({@code dev.towline.edge.browser}).
 */
@Configuration(proxyBeanMethods = false)
class SocketConfiguration {

    @Bean
    SocketHandler graphQlSocketHandler(
            WebGraphQlHandler graphQl,
            JsonMapper json,
            SocketSettings settings,
            RetryTimes retryTimes,
            Documents documents,
            Rates rates,
            OpenStreams streams,
            RateSettings limits,
            LimitMetrics metrics,
            BodyBudget budget,
            InstantSource clock) {
        return new SocketHandler(
                graphQl,
                json,
                settings,
                retryTimes,
                documents,
                new SocketLimits(rates, streams, limits, metrics),
                budget,
                clock);
    }

    @Bean
    HandlerMapping graphQlSockets(SocketHandler sockets, @Value("${spring.graphql.http.path:/graphql}") String path) {
        WebSocketHttpRequestHandler handler = new WebSocketHttpRequestHandler(sockets);
        WebSocketHandlerMapping mapping = new WebSocketHandlerMapping();
        mapping.setWebSocketUpgradeMatch(true);
        mapping.setUrlMap(Map.of(path, handler));
        mapping.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return mapping;
    }

    /** Runs before all other filters, so that they see the same headers as Spring. */
    @Bean
    FilterRegistrationBean<HandshakeFilter> handshakes() {
        var registration = new FilterRegistrationBean<>(new HandshakeFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
        return registration;
    }
}
