package dev.towline.edge.error;

import static dev.towline.edge.error.AnsweringService.extensions;
import static dev.towline.edge.error.AnsweringService.onlyError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.Unavailable;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The errors for a backend that does not answer, in answers and in streams. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("what others log would be captured, too")
class TemporaryFailureTests {

    private static final String SCHEMA = """
        type Query { breaks: String  waits: String  waitsLong: String }
        type Subscription { ticks: Tick!  waits: Tick! }
        type Tick { number: Int  waits: String }
        """;

    private final AnsweringService service = new AnsweringService(
            SCHEMA,
            wiring -> wiring.type(
                            "Query",
                            type -> type.dataFetcher("breaks", _ -> {
                                        throw new IllegalStateException("jdbc:secret");
                                    })
                                    .dataFetcher("waits", _ -> {
                                        throw unavailable();
                                    })
                                    .dataFetcher(
                                            "waitsLong",
                                            _ -> CompletableFuture.failedFuture(
                                                    new CompletionException(new ExecutionException(unavailable())))))
                    .type(
                            "Tick",
                            type -> type.dataFetcher("waits", _ -> Mono.error(new CompletionException(unavailable()))))
                    .type(
                            "Subscription",
                            type -> type.dataFetcher("ticks", _ -> Flux.just(Map.of("number", 1)))
                                    .dataFetcher("waits", _ -> Flux.error(new CompletionException(unavailable())))));

    @Test
    void hasRetryAfterForEveryKindOfFailure(CapturedOutput log) {
        List<GraphQLError> errors = service.answer("{ waits waitsLong }").getErrors();
        List<ExecutionResult> items = service.items("subscription { ticks { number waits } }", Map.of());

        assertThat(errors).hasSize(2);
        errors.forEach(TemporaryFailureTests::assertUnavailable);
        assertUnavailable(onlyError(items.getFirst()));
        assertUnavailable(service.end("subscription { waits { number } }"));
        assertThat(log.getAll().lines().filter(line -> line.contains("Log")))
                .singleElement()
                .asString()
                .contains(
                        "FailureLog",
                        "correlation id " + extensions(errors.getFirst()).get("correlationId"));
        assertThat(log.getAll()).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void hasRetryAfterBeforeExecution() {
        var refusing =
                new AnsweringService(SCHEMA, _ -> {}, (_, _) -> Mono.error(new CompletionException(unavailable())));

        assertUnavailable(onlyError(refusing.answer("{ breaks }")));
    }

    private static Unavailable unavailable() {
        return new Unavailable("Later.", new CancellationException());
    }

    private static void assertUnavailable(GraphQLError error) {
        assertUnavailable(extensions(error));
    }

    private static void assertUnavailable(Map<String, Object> extensions) {
        assertThat(extensions).containsEntry("code", "UNAVAILABLE").containsKey("correlationId");
        assertThat(extensions.get("retryAfterSeconds")).isIn(1, 2, 3, 4, 5);
    }
}
