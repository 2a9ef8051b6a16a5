package dev.towline.cache.report;

import dev.towline.cache.LookupListener;
import dev.towline.problem.BadInput;
import dev.towline.store.SeenVersions;
import dev.towline.store.VersionFloors;
import dev.towline.viewer.Credentials;
import dev.towline.viewer.Viewer;
import graphql.ExecutionResult;
import graphql.GraphQLContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlRequest;
import reactor.core.publisher.Mono;

/**
 * Handles two headers. With {@code X-Towline-Seen}, a client names the versions that it has seen, and gets no older ones. With {@code
 * X-Towline-Cache-Report: 1}, the response to a query or a mutation has a report of the cache lookups. Over WebSocket, an entry of {@code
 * connection_init} takes precedence over the header of the handshake. This interceptor runs after {@code ViewerInterceptor}.
 */
@Order(100)
final class CacheInterceptor implements WebGraphQlInterceptor {

    private static final String REPORT_HEADER = "X-Towline-Cache-Report";

    private final VersionFloors floors;
    private final Set<String> entityKinds;

    /** @param entityKinds the names of all entity kinds, such as {@code vendor} */
    CacheInterceptor(VersionFloors floors, Set<String> entityKinds) {
        this.floors = floors;
        this.entityKinds = Set.copyOf(entityKinds);
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        SeenVersions seen;
        @Nullable CacheReport report;
        try {
            seen = SeenVersions.parse(headerOrConnectionInitEntry(request, SeenVersions.HEADER), entityKinds);
            report = "1".equals(headerOrConnectionInitEntry(request, REPORT_HEADER)) ? new CacheReport() : null;
        } catch (BadInput malformed) {
            return Mono.error(malformed);
        }
        if (report == null && seen.isEmpty()) {
            return chain.next(request);
        }
        request.configureExecutionInput((input, builder) -> {
            // before execution, so that every read of this request respects them
            raiseFloors(seen, input.getGraphQLContext());
            Map<Object, Object> context = new HashMap<>();
            // To others it would tell whether an object that they may not see exists.
            if (report != null && isStaff(input.getGraphQLContext())) {
                context.put(LookupListener.class, report);
            }
            if (!seen.isEmpty()) {
                context.put(SeenVersions.class, seen);
            }
            return builder.graphQLContext(context).build();
        });
        return chain.next(request).map(response -> report == null ? response : withReport(response, report));
    }

    private static boolean isStaff(GraphQLContext context) {
        Viewer viewer = context.get(Viewer.CONTEXT_KEY);
        return viewer != null && viewer.role().isStaff();
    }

    private void raiseFloors(SeenVersions seen, GraphQLContext context) {
        Viewer viewer = context.get(Viewer.CONTEXT_KEY);
        if (viewer != null) {
            seen.forEach(viewer.tenant(), floors::claim);
        }
    }

    private static WebGraphQlResponse withReport(WebGraphQlResponse response, CacheReport report) {
        ExecutionResult result = response.getExecutionResult();
        Object data = result.isDataPresent() ? result.getData() : null;
        if (data instanceof Publisher<?>) {
            return response;
        }
        Map<Object, Object> extensions = new HashMap<>(response.getExtensions());
        extensions.put("cache", report.specification());
        return response.transform(builder -> builder.extensions(extensions));
    }

    private static @Nullable String headerOrConnectionInitEntry(WebGraphQlRequest request, String name) {
        if (request instanceof WebSocketGraphQlRequest message) {
            return message.getSessionInfo().getAttributes().get(Credentials.class.getName())
                            instanceof Credentials given
                    ? given.get(name)
                    : null;
        }
        return Credentials.combined(request.getHeaders().getOrEmpty(name));
    }
}
