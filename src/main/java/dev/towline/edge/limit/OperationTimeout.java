package dev.towline.edge.limit;

import dev.towline.problem.Limit;
import dev.towline.problem.Unavailable;
import dev.towline.resolver.Cancellation;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.graphql.server.WebGraphQlInterceptor;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Ends an operation that takes too long, and a subscription that gets no stream in time. Nothing more of it begins, and reads
 * are interrupted that no other operation waits for ({@link Cancellation}). The same holds for an operation that the client has cancelled.
 * Thread-safe.
 */
@Component
@Order(50)
class OperationTimeout implements WebGraphQlInterceptor {

    private final LimitSettings limits;

    private final Scheduler timers;

    OperationTimeout(LimitSettings limits, @Qualifier("timers") ScheduledExecutorService timers) {
        this.limits = limits;
        this.timers = Schedulers.fromExecutorService(timers);
    }

    @Override
    public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
        Cancellation cancellation = new Cancellation();
        request.configureExecutionInput((_, input) ->
                input.graphQLContext(Map.of(Cancellation.class, cancellation)).build());
        return Mono.deferContextual(context -> {
            CompletableFuture<@Nullable WebGraphQlResponse> running = chain.next(request)
                    .doOnNext(_ -> cancellation.end())
                    .doOnCancel(cancellation::cancel)
                    .contextWrite(context)
                    .toFuture();
            Mono<WebGraphQlResponse> answer = Mono.fromFuture(running);
            // An operation that waits for nothing has ended by now.
            return running.isDone() ? answer : answer.timeout(limits.operationTimeout(), tooSlow(), timers);
        });
    }

    private Mono<WebGraphQlResponse> tooSlow() {
        return Mono.error(() -> {
            long allowedMs = limits.operationTimeout().toMillis();
            return Unavailable.tooSlow(
                    new Limit("operationTimeout", allowedMs),
                    "The operation took longer than %d ms. A mutation may have been carried out.".formatted(allowedMs));
        });
    }
}
