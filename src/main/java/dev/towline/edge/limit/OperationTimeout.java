package dev.towline.edge.limit;

import dev.towline.problem.Limit;
import dev.towline.problem.Unavailable;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/**
 * Ends an operation that takes too long, and a subscription that gets no stream in time. graphql-java begins nothing more of it. A load that
 * other requests wait for goes on. Thread-safe.
 */
@Component
@Order(50)
class OperationTimeout implements WebGraphQlInterceptor {

    private final LimitSettings limits;

    OperationTimeout(LimitSettings limits) {
        this.limits = limits;
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return chain.next(request).timeout(limits.operationTimeout(), Mono.error(() -> {
            long allowedMs = limits.operationTimeout().toMillis();
            return Unavailable.tooSlow(
                    new Limit("operationTimeout", allowedMs),
                    "The operation took longer than %d ms. A mutation may have been carried out.".formatted(allowedMs));
        }));
    }
}
