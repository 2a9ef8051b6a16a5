package dev.towline.edge.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.towline.edge.error.AnsweringService;
import dev.towline.resolver.Cancellation;
import graphql.ExecutionResult;
import graphql.schema.DataFetcher;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OperationTimeoutTests {

    private static final String SCHEMA =
            "type Query { quick: String slow: String } type Mutation { slow: String later: String }";

    private final CompletableFuture<String> slow = new CompletableFuture<>();
    private final AtomicInteger armed = new AtomicInteger();
    private final ScheduledExecutorService timers = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            armed.incrementAndGet();
            return super.schedule(task, delay, unit);
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
            armed.incrementAndGet();
            return super.schedule(task, delay, unit);
        }
    };
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> cancelled = new CopyOnWriteArrayList<>();

    private final DataFetcher<Object> watched = environment -> {
        String name = environment.getField().getName();
        begun.add(name);
        Cancellation cancellation =
                Objects.requireNonNull(environment.getGraphQlContext().get(Cancellation.class));
        cancellation.onCancel(() -> cancelled.add(name));
        return name.equals("slow") ? slow : name;
    };

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    @Test
    void answersWithItsCodeAndALimit() {
        ExecutionResult result = service("50ms").answer("{ slow quick }");

        assertThat(result.isDataPresent()).isFalse();
        assertThat(result.getErrors())
                .singleElement()
                .satisfies(error -> assertThat(error.getExtensions())
                        .containsAllEntriesOf(
                                Map.of("code", "UNAVAILABLE", "limit", "operationTimeout", "allowed", 50L))
                        .containsKey("retryAfterSeconds"));
        assertThat(cancelled).containsExactlyInAnyOrder("slow", "quick");
    }

    @Test
    void beginsNothingMore() {
        service("50ms").answer("mutation { slow later }");
        slow.complete("at last");

        await().during(Duration.ofMillis(200)).until(() -> begun.equals(List.of("slow")));
    }

    @Test
    void leavesAQuickOperationAlone() {
        ExecutionResult result = service("20s").answer("{ quick }");

        assertThat(result.getErrors()).isEmpty();
        assertThat(cancelled).isEmpty();
    }

    @Test
    void needsNoTimerForAnOperationThatWaitsForNothing() {
        assertThat(service("20s").answer("{ quick }").getErrors()).isEmpty();
        assertThat(armed).hasValue(0);

        assertThat(service("50ms").answer("{ slow }").getErrors()).hasSize(1);
        assertThat(armed).hasValue(1);
    }

    private AnsweringService service(String timeout) {
        return new AnsweringService(
                SCHEMA,
                wiring -> wiring.type("Query", type -> type.defaultDataFetcher(watched))
                        .type("Mutation", type -> type.defaultDataFetcher(watched)),
                new OperationTimeout(Limits.with(Map.of("operation-timeout", timeout)), timers));
    }
}
