package dev.towline.edge;

import dev.towline.problem.BadInput;
import dev.towline.problem.Problem;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.ViewerSource;
import graphql.execution.SubscriptionExecutionStrategy;
import graphql.execution.instrumentation.dataloader.DataLoaderDispatchingContextKeys;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
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
 * A WebSocket of somebody unknown is closed with 4401, one with a malformed credential with 4400.
 */
@Component
@Order(0)
class ViewerInterceptor implements WebSocketGraphQlInterceptor {

    static final String VIEWER = "viewer";

    /** How the names of all credentials begin that this service has made up. */
    private static final String OUR_NAMES = "X-Towline-";

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
            requireTexts(payload);
            Credentials credentials = credentials(session.getHeaders(), payload, session.getRemoteAddress());
            session.getAttributes().put(VIEWER, viewers.viewerOf(credentials));
            // for others who look for what only a header could say over HTTP
            session.getAttributes().put(Credentials.class.getName(), credentials);
            return Map.of();
        });
    }

    /** What is ours in the payload, so that its client is told at once and not with every operation. */
    private static void requireTexts(Map<String, ? extends @Nullable Object> payload) {
        payload.forEach((key, value) -> {
            if (value != null && key.regionMatches(true, 0, OUR_NAMES, 0, OUR_NAMES.length())) {
                text(key, value);
            }
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
        return new Credentials(
                name -> {
                    String entry = fromPayload(payload, name);
                    return entry == null ? Credentials.combined(headers.getOrEmpty(name)) : entry;
                },
                remoteAddress);
    }

    /** A null counts as an entry that is not there: what a client has not got, many send as null. */
    private static @Nullable String fromPayload(Map<String, ? extends @Nullable Object> payload, String name) {
        List<String> values = new ArrayList<>();
        payload.forEach((key, value) -> {
            if (key.equalsIgnoreCase(name) && value != null) {
                values.add(text(name, value));
            }
        });
        return Credentials.combined(values);
    }

    private static String text(String name, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new BadInput(name, "must be a string.");
    }
}
