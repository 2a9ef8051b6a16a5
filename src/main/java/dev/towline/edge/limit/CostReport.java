package dev.towline.edge.limit;

import graphql.ExecutionResult;
import graphql.ExecutionResultImpl;
import java.util.HashMap;
import java.util.Map;
import org.reactivestreams.Publisher;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Adds the cost of the operation to each answer in one piece, and to the first item of a stream, as {@code extensions.cost}. Thread-safe. */
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
        if (cost == null) {
            return response;
        }
        if (result.isDataPresent() && result.getData() instanceof Publisher<?> stream) {
            Flux<?> items = Flux.from(stream)
                    .index((number, item) ->
                            number == 0 && item instanceof ExecutionResult first ? withCost(first, cost) : item);
            return response.transform(builder -> builder.data(items));
        }
        return response.transform(builder -> builder.extensions(withCost(response.getExtensions(), cost)));
    }

    private static ExecutionResult withCost(ExecutionResult item, RequestCost cost) {
        Map<Object, Object> extensions = item.getExtensions();
        return ExecutionResultImpl.newExecutionResult()
                .from(item)
                .extensions(withCost(extensions == null ? Map.of() : extensions, cost))
                .build();
    }

    private static Map<Object, Object> withCost(Map<Object, Object> extensions, RequestCost cost) {
        Map<Object, Object> more = new HashMap<>(extensions);
        more.put("cost", cost.specification());
        return more;
    }
}
