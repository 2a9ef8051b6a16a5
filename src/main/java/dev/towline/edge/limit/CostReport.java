package dev.towline.edge.limit;

import graphql.ExecutionResult;
import java.util.HashMap;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Adds the cost of the operation to each answer in one piece, as {@code extensions.cost}. Thread-safe. */
@Component
@Order(200)
class CostReport implements WebGraphQlInterceptor {

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        return chain.next(request).map(CostReport::withCost);
    }

    private static WebGraphQlResponse withCost(WebGraphQlResponse response) {
        RequestCost cost = response.getExecutionInput().getGraphQLContext().get(RequestCost.class);
        ExecutionResult result = response.getExecutionResult();
        if (cost == null || (result.isDataPresent() && result.getData() instanceof Publisher<?>)) {
            return response;
        }
        Map<Object, Object> extensions = new HashMap<>(response.getExtensions());
        extensions.put("cost", cost.specification());
        return response.transform(builder -> builder.extensions(extensions));
    }
}
