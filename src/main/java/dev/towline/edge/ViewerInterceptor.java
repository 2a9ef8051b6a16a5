package dev.towline.edge;

import dev.towline.audit.Actor;
import dev.towline.audit.AuditLog;
import dev.towline.edge.rate.CostCharge;
import dev.towline.edge.rate.RateReport;
import dev.towline.problem.BadInput;
import dev.towline.problem.Problem;
import dev.towline.problem.Unauthenticated;
import dev.towline.rate.Rates;
import dev.towline.viewer.Authentication;
import dev.towline.viewer.Authenticator;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Viewer;
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
 * Determines the {@link Viewer} of each request, or once for a WebSocket connection, and puts it into the context of the resolvers. If
 * authentication fails, a WebSocket is closed with 4401; if a credential is malformed, with 4400. The transports find the {@link
 * Authentication} in the context under its class, and in the attributes of a WebSocket under the name of its class.
 */
@Component
@Order(0)
class ViewerInterceptor implements WebSocketGraphQlInterceptor {

    /** The prefix of all credentials that are specific to this service. */
    private static final String PREFIX = "X-Towline-";

    /** The action in the audit log. */
    private static final String ACTION = "authenticate";

    private final Authenticator authenticator;
    private final AuditLog audit;
    private final Rates rates;

    ViewerInterceptor(Authenticator authenticator, AuditLog audit, Rates rates) {
        this.authenticator = authenticator;
        this.audit = audit;
        this.rates = rates;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        Authentication authentication;
        CostCharge charge;
        // The transport has counted the address before it read the request. The attributes of a WebSocket have no
        // report.
        RateReport report = RateReport.of(request.getAttributes());
        try {
            authentication = authenticationOf(request);
            charge = CostCharge.begin(rates, authentication.viewer(), report);
        } catch (Problem problem) {
            return Mono.error(problem);
        }
        Map<Object, Object> context = Map.of(
                Viewer.CONTEXT_KEY,
                authentication.viewer(),
                Actor.CONTEXT_KEY,
                Actor.of(authentication.viewer(), request.getRemoteAddress()),
                // For the transports, which end a stream with its credentials.
                Authentication.class,
                authentication,
                RateReport.class,
                report,
                CostCharge.class,
                charge,
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
            Credentials credentials = credentials(session.getHeaders(), payload, session.getRemoteAddress(), attempt);
            session.getAttributes().put(Authentication.class.getName(), authenticate(credentials, attempt));
            // For other interceptors, which read headers over HTTP.
            session.getAttributes().put(Credentials.class.getName(), credentials);
            return Map.of();
        });
    }

    /** Checks the entries of this service, so that a client gets the error for {@code connection_init} and not for each operation. */
    private static void requireTexts(Map<String, ? extends @Nullable Object> payload) {
        payload.forEach((key, value) -> {
            if (value != null && key.regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
                text(key, value);
            }
        });
    }

    private Authentication authenticationOf(WebGraphQlRequest request) {
        if (request instanceof WebSocketGraphQlRequest message
                && message.getSessionInfo().getAttributes().get(Authentication.class.getName())
                        instanceof Authentication authentication) {
            return authentication;
        }
        Rates.Attempt attempt = rates.attempt(request.getRemoteAddress());
        return authenticate(credentials(request.getHeaders(), Map.of(), request.getRemoteAddress(), attempt), attempt);
    }

    private Authentication authenticate(Credentials credentials, Rates.Attempt attempt) {
        try {
            return authenticator.authenticate(credentials);
        } catch (Problem problem) {
            if (problem instanceof Unauthenticated) {
                attempt.refused();
            }
            audit.refused(
                    Actor.of(null, credentials.remoteAddress()),
                    ACTION,
                    problem.code().name());
            throw problem;
        }
    }

    private static Credentials credentials(
            HttpHeaders headers,
            Map<String, Object> payload,
            @Nullable InetSocketAddress remoteAddress,
            Rates.Attempt attempt) {
        return new Credentials(
                name -> {
                    String entry = fromPayload(payload, name);
                    return entry == null ? Credentials.combined(headers.getOrEmpty(name)) : entry;
                },
                name -> Credentials.combined(headers.getOrEmpty(name)),
                remoteAddress,
                attempt::requireMayTry);
    }

    /** Finds a credential in the payload. Null counts as absent, because many clients send null for a credential that they do not have. */
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
