package dev.towline.edge;

import dev.towline.problem.Problem;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.ViewerSource;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.execution.instrumentation.dataloader.DataLoaderDispatchingContextKeys;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Finds out who is asking, once for a request and once for a WebSocket connection, and hands the {@link Viewer} to every resolver.
 * A WebSocket of somebody unknown is closed with 4401.
 */
@Component
@Order(0)
class ViewerInterceptor implements WebSocketGraphQlInterceptor {

    static final String VIEWER = "viewer";

    private final ViewerSource viewers;

    ViewerInterceptor(ViewerSource viewers) {
        this.viewers = viewers;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        Viewer viewer;
        try {
            viewer = viewerOf(request);
        } catch (Problem problem) {
            return Mono.error(problem);
        }
        Map<Object, Object> context = Map.of(
                VIEWER,
                viewer,
                // Without it, a loader that is called from another's answer waits for ever.
                DataLoaderDispatchingContextKeys.ENABLE_DATA_LOADER_CHAINING,
                true,
                // Without it, an update whose fields are quicker to find overtakes the one before it.
                SubscriptionExecutionStrategy.KEEP_SUBSCRIPTION_EVENTS_ORDERED,
                true);
        request.configureExecutionInput(
                (input, builder) -> builder.graphQLContext(context).build());
        return chain.next(request);
    }

    @Override
    public Mono<Object> handleConnectionInitialization(WebSocketSessionInfo session, Map<String, Object> payload) {
        return Mono.fromCallable(() -> {
            Credentials credentials = credentials(session.getHeaders(), payload, session.getRemoteAddress());
            session.getAttributes().put(VIEWER, viewers.viewerOf(credentials));
            // for others who look for what only a header could say over HTTP
            session.getAttributes().put(Credentials.class.getName(), credentials);
            return Map.of();
        });
    }

    private Viewer viewerOf(WebGraphQlRequest request) {
        if (request instanceof WebSocketGraphQlRequest message
                && message.getSessionInfo().getAttributes().get(VIEWER) instanceof Viewer viewer) {
            return viewer;
        }
        return viewers.viewerOf(credentials(request.getHeaders(), Map.of(), request.getRemoteAddress()));
    }

    private static Credentials credentials(
            HttpHeaders headers, Map<String, Object> payload, @Nullable InetSocketAddress remoteAddress) {
        return new Credentials(name -> fromPayload(payload, name, headers.getFirst(name)), remoteAddress);
    }

    private static @Nullable String fromPayload(Map<String, Object> payload, String name, @Nullable String header) {
        return payload.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name) && entry.getValue() instanceof String)
                .map(entry -> (String) entry.getValue())
                .findFirst()
                .orElse(header);
    }
}
