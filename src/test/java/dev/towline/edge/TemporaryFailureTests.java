package dev.towline.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.Unavailable;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import io.micrometer.tracing.Tracer;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.graphql.execution.DefaultExecutionGraphQlService;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.graphql.execution.SubscriptionPublisherException;
import org.springframework.graphql.server.WebGraphQlHandler;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.support.DefaultGraphQlRequest;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What callers are told of a backend that does not answer, in answers and in streams. */
@ExtendWith(OutputCaptureExtension.class)
class TemporaryFailureTests {

    private static final String SCHEMA = """
        type Query { breaks: String  waits: String  waitsLong: String }
        type Subscription { ticks: Tick!  waits: Tick! }
        type Tick { number: Int  waits: String }
        """;

    private final ProblemResolver problems = new ProblemResolver();

    private final GraphQlSource source = GraphQlSource.schemaResourceBuilder()
            .schemaResources(new ByteArrayResource(SCHEMA.getBytes(UTF_8)))
            .exceptionResolvers(List.of(problems))
            .subscriptionExceptionResolvers(List.of(problems))
            .configureRuntimeWiring(wiring -> wiring.type(
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
                                    .dataFetcher("waits", _ -> Flux.error(new CompletionException(unavailable())))))
            .build();

    private final ErrorAnswers errorAnswers = new ErrorAnswers(
            new Correlations(new StaticListableBeanFactory().getBeanProvider(Tracer.class)),
            new Faults(source),
            new FailureLog(InstantSource.fixed(Instant.EPOCH)));

    private final WebGraphQlHandler handler = WebGraphQlHandler.builder(new DefaultExecutionGraphQlService(source))
            .interceptor(errorAnswers)
            .build();

    @Test
    void saysWhenToTryAgainHoweverTheFailureComes(CapturedOutput log) {
        List<GraphQLError> errors =
                answer("{ waits waitsLong }").getExecutionResult().getErrors();
        ExecutionResult item = stream("subscription { ticks { number waits } }").blockFirst();

        assertThat(errors).hasSize(2);
        errors.forEach(error -> assertUnavailable(error.getExtensions()));
        assertUnavailable(onlyError(Objects.requireNonNull(item)).getExtensions());
        assertUnavailable(end("subscription { waits { number } }"));
        assertThat(log.getAll().lines().filter(line -> line.contains("Log")))
                .singleElement()
                .asString()
                .contains(
                        "FailureLog",
                        "correlation id " + errors.getFirst().getExtensions().get("correlationId"));
        assertThat(log.getAll()).doesNotContain("ERROR", "\tat ");
    }

    @Test
    void saysWhenToTryAgainBeforeAnythingIsExecuted() {
        WebGraphQlHandler refusing = WebGraphQlHandler.builder(new DefaultExecutionGraphQlService(source))
                .interceptor(errorAnswers, (_, _) -> Mono.error(new CompletionException(unavailable())))
                .build();

        assertUnavailable(
                onlyError(answer(refusing, "{ breaks }", Locale.ENGLISH).getExecutionResult())
                        .getExtensions());
    }

    private static Unavailable unavailable() {
        return new Unavailable("Later.", new CancellationException());
    }

    private static void assertUnavailable(Map<String, Object> extensions) {
        assertThat(extensions).containsEntry("code", "UNAVAILABLE").containsKey("correlationId");
        assertThat(extensions.get("retryAfterSeconds")).isIn(1, 2, 3, 4, 5);
    }

    private Flux<ExecutionResult> stream(String query) {
        return Flux.from(Objects.requireNonNull(answer(query).<Publisher<ExecutionResult>>getData()));
    }

    private Map<String, Object> end(String query) {
        Throwable end = stream(query)
                .then(Mono.<Throwable>empty())
                .onErrorResume(Mono::just)
                .block();
        assertThat(end).isInstanceOf(SubscriptionPublisherException.class);
        return ((SubscriptionPublisherException) Objects.requireNonNull(end))
                .getErrors()
                .getFirst()
                .getExtensions();
    }

    private static GraphQLError onlyError(ExecutionResult result) {
        assertThat(result.getErrors()).hasSize(1);
        return result.getErrors().getFirst();
    }

    private WebGraphQlResponse answer(String query) {
        return answer(query, Locale.ENGLISH);
    }

    private WebGraphQlResponse answer(String query, Locale locale) {
        return answer(handler, query, locale);
    }

    private static WebGraphQlResponse answer(WebGraphQlHandler handler, String query, Locale locale) {
        WebGraphQlRequest request = new WebGraphQlRequest(
                URI.create("http://localhost/graphql"),
                new HttpHeaders(),
                null,
                null,
                Map.of(),
                new DefaultGraphQlRequest(query),
                "1",
                locale);
        return Objects.requireNonNull(handler.handleRequest(request).block());
    }
}
