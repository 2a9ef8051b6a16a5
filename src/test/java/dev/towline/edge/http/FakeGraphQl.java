package dev.towline.edge.http;

import graphql.ExecutionResult;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.graphql.support.DefaultExecutionGraphQlResponse;
import reactor.core.publisher.Mono;

/** Answers every operation and every {@code connection_init} with results of the test. */
public final class FakeGraphQl implements WebGraphQlHandler {

    /** The result of {@code connection_init}. */
    public volatile Supplier<Mono<Object>> introduction = Mono::empty;

    /** The result of an operation: data, or a publisher of results. */
    public volatile Supplier<Mono<?>> operation = () -> Mono.just(Map.of("field", 1));

    /** The last operation. */
    public volatile @Nullable WebGraphQlRequest request;

    @Override
    public WebSocketGraphQlInterceptor getWebSocketInterceptor() {
        return new WebSocketGraphQlInterceptor() {
            @Override
            public Mono<Object> handleConnectionInitialization(
                    WebSocketSessionInfo session, Map<String, Object> payload) {
                return introduction.get();
            }
        };
    }

    @Override
    public ContextSnapshotFactory contextSnapshotFactory() {
        return ContextSnapshotFactory.builder().build();
    }

    @Override
    public Mono<WebGraphQlResponse> handleRequest(WebGraphQlRequest request) {
        this.request = request;
        return operation
                .get()
                .map(data -> new WebGraphQlResponse(new DefaultExecutionGraphQlResponse(
                        request.toExecutionInput(),
                        ExecutionResult.newExecutionResult().data(data).build())));
    }

    public static ExecutionResult result(int value) {
        return ExecutionResult.newExecutionResult().data(Map.of("field", value)).build();
    }
}
