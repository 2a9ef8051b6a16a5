package dev.towline.edge;

import dev.towline.audit.Actor;
import dev.towline.edge.rate.CostCharge;
import dev.towline.edge.rate.RateReport;
import dev.towline.problem.Problem;
import dev.towline.rate.Rates;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Viewer;
import graphql.execution.instrumentation.dataloader.DataLoaderDispatchingContextKeys;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Determines the {@link Viewer} of each request, or once for a WebSocket connection, and puts it into the context of the resolvers. If
 * authentication fails, a WebSocket is closed with 4401; if a credential is malformed, with 4400. The transports find the {@link
 * Authentication} in the context under its class, and in the attributes of a WebSocket under the name of its class.
 */
@Component
@Order(0)
class ViewerInterceptor implements WebSocketGraphQlInterceptor {

    /** The prefix of all credentials that are specific to this service. */
    private static final String PREFIX = "X-Towline-";

    private final Admissions admissions;
    private final Rates rates;

    ViewerInterceptor(Admissions admissions, Rates rates) {
        this.admissions = admissions;
        this.rates = rates;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        Admission admission;
        try {
            admission = request instanceof WebSocketGraphQlRequest message
                            && message.getSessionInfo().getAttributes().get(Authentication.class.getName())
                                    instanceof Authentication authentication
                    ? admissions.of(authentication)
                    : admissions.of(request.getHeaders(), request.getRemoteAddress(), request.getAttributes());
        } catch (Problem problem) {
            return Mono.error(problem);
        }
        Authentication authentication = admission.authentication();
        Map<Object, Object> context = Map.of(
                Viewer.CONTEXT_KEY,
                authentication.viewer(),
                Actor.CONTEXT_KEY,
                Actor.of(authentication.viewer(), request.getRemoteAddress()),
                // For the transports, which end a stream with its credentials.
                Authentication.class,
                authentication,
                RateReport.class,
                admission.report(),
                CostCharge.class,
                admission.charge(),
                // Otherwise a DataLoader that is called from the result of another one is never dispatched.
                DataLoaderDispatchingContextKeys.ENABLE_DATA_LOADER_CHAINING,
                true);
        request.configureExecutionInput(
                (input, builder) -> builder.graphQLContext(context).build());
        return chain.next(request);
    }

    @Override
    public Mono<Object> handleConnectionInitialization(WebSocketSessionInfo session, Map<String, Object> payload) {
        return Mono.fromCallable(() -> {
            requireTexts(payload);
            Rates.Attempt attempt = rates.attempt(session.getRemoteAddress());
            Credentials credentials =
                    Admissions.credentials(session.getHeaders(), payload, session.getRemoteAddress(), attempt);
            session.getAttributes().put(Authentication.class.getName(), admissions.authenticate(credentials, attempt));
            // For other interceptors, which read headers over HTTP.
            session.getAttributes().put(Credentials.class.getName(), credentials);
            return Map.of();
        });
    }

    /** Checks the entries of this service, so that a client gets the error for {@code connection_init} and not for each operation. */
    private static void requireTexts(Map<String, ? extends @Nullable Object> payload) {
        payload.forEach((key, value) -> {
            if (value != null && key.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                Admissions.text(key, value);
            }
        });
    }
}
