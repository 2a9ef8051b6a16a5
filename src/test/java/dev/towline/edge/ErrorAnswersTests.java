package dev.towline.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.BadInput;
import dev.towline.problem.NotFound;
import dev.towline.problem.Unavailable;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.schema.DataFetchingEnvironment;
import io.micrometer.tracing.Tracer;
import java.net.URI;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.graphql.execution.DataFetcherExceptionResolver;
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

/** What becomes of failures, in answers and in streams. */
@ExtendWith(OutputCaptureExtension.class)
class ErrorAnswersTests {

    private static final String SCHEMA = """
        type Query { breaks: String  needed: String!  refuses(first: Int): String }
        type Subscription { ticks: Tick!  maybe: Tick  ends: Tick! }
        type Tick { number: Int  breaks: String  needed: String!  refuses: String!  later: String!  listed: [String!]!
          tick: Tick!  maybe: Tick }
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
                                    .dataFetcher("refuses", _ -> {
                                        throw new BadInput("first", "It is 1 to 100.");
                                    }))
                    .type(
                            "Tick",
                            type -> type.dataFetcher("breaks", _ -> {
                                        throw new IllegalStateException("jdbc:secret");
                                    })
                                    .dataFetcher("refuses", _ -> {
                                        throw new NotFound("sessionId", "There is none.");
                                    })
                                    .dataFetcher(
                                            "later",
                                            _ -> CompletableFuture.failedFuture(new Unavailable("Come again.", null)))
                                    .dataFetcher("listed", _ -> Arrays.asList("a", null))
                                    .dataFetcher("tick", DataFetchingEnvironment::getSource)
                                    .dataFetcher("maybe", DataFetchingEnvironment::getSource))
                    .type(
                            "Subscription",
                            type -> type.dataFetcher("ticks", _ -> Flux.just(Map.of("number", 1), Map.of("number", 2)))
                                    .dataFetcher("maybe", _ -> Flux.just(Map.of("number", 1), Map.of("number", 2)))
                                    .dataFetcher("ends", _ -> Flux.error(new BadInput("first", "It is 1 to 100.")))))
            .configureGraphQl(graphQl -> graphQl.subscriptionExecutionStrategy(
                    new SubscriptionItems(DataFetcherExceptionResolver.createExceptionHandler(List.of(problems)))))
            .build();

    private final WebGraphQlHandler handler = WebGraphQlHandler.builder(new DefaultExecutionGraphQlService(source))
            .interceptor(new ErrorAnswers(
                    new Correlations(new StaticListableBeanFactory().getBeanProvider(Tracer.class)),
                    new Faults(source),
                    new FailureLog(InstantSource.system())))
            .build();

    @Test
    void tellsAFailureOfTheServiceOnlyToTheLog(CapturedOutput log) {
        GraphQLError error = onlyError(answer("{ breaks }").getExecutionResult());

        assertThat(error.getExtensions()).containsEntry("code", "INTERNAL").containsKey("correlationId");
        assertThat(error.getMessage()).isEqualTo("Something went wrong on our side.");
        assertThat(log.getAll().lines())
                .anyMatch(line -> line.contains("ERROR")
                        && line.contains(
                                "correlation id " + error.getExtensions().get("correlationId"))
                        && line.contains("jdbc:secret"));
    }

    @Test
    void speaksEnglishToEverybody() {
        GraphQLError error = onlyError(answer("{ nothing }", Locale.GERMAN).getExecutionResult());

        assertThat(error.getMessage()).isEqualTo("Field 'nothing' in type 'Query' is undefined");
    }

    @Test
    void tellsANullWhereThereCanBeNoneAsAFailureOfTheService() {
        GraphQLError error = onlyError(answer("{ needed }").getExecutionResult());

        assertThat(error.getExtensions()).containsEntry("code", "INTERNAL").containsKey("correlationId");
        assertThat(error.getMessage()).doesNotContain("needed");
    }

    @Test
    void givesAllErrorsOfAnAnswerOneId(CapturedOutput log) {
        List<GraphQLError> errors = answer("{ a: refuses b: refuses c: breaks }")
                .getExecutionResult()
                .getErrors();

        assertThat(errors).hasSize(3);
        assertThat(errors.stream()
                        .map(error -> error.getExtensions().get("correlationId"))
                        .distinct())
                .hasSize(1);
        assertThat(log.getAll()).contains("[BAD_INPUT(first), BAD_INPUT(first)]");
    }

    @Test
    void tellsAnErrorInAStreamTheSameWay() {
        ExecutionResult item =
                stream("subscription { ticks { number breaks } }").blockFirst();

        GraphQLError error = onlyError(Objects.requireNonNull(item));
        assertThat(error.getExtensions()).containsEntry("code", "INTERNAL").containsKey("correlationId");
        assertThat(error.getMessage()).doesNotContain("secret");
    }

    @Test
    void tellsTheEndOfAStreamTheSameWay(CapturedOutput log) {
        Map<String, Object> extensions = end("subscription { ends { number } }");

        assertThat(extensions).containsEntry("code", "BAD_INPUT").containsEntry("argument", "first");
        assertThat(log.getAll()).contains("correlation id " + extensions.get("correlationId"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ticks { number needed }              | ticks/needed            | INTERNAL",
                "ticks { number refuses }             | ticks/refuses           | NOT_FOUND",
                "ticks { number later }               | ticks/later             | UNAVAILABLE",
                "ticks { listed }                     | ticks/listed/1          | INTERNAL",
                "ticks { tick { tick { refuses } } }  | ticks/tick/tick/refuses | NOT_FOUND",
                "ticks { a: tick { b: later } }       | ticks/a/b               | UNAVAILABLE",
                "t: ticks { n: needed }               | t/n                     | INTERNAL"
            })
    void tellsInAnItemWhatLeavesNothingOfItAndGoesOn(String selection, String path, String code) {
        List<ExecutionResult> items = items("subscription { " + selection + " }");

        assertThat(items).hasSize(2).allSatisfy(item -> {
            assertThat(item.toSpecification()).containsEntry("data", null);
            GraphQLError error = onlyError(item);
            assertThat(error.getExtensions()).containsEntry("code", code).containsKey("correlationId");
            assertThat(Objects.requireNonNull(error.getPath()).stream().map(Object::toString))
                    .containsExactly(path.split("/"));
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ticks { number maybe { refuses } }    | {ticks={number=N, maybe=null}}   | NOT_FOUND",
                "ticks { number maybe { needed } }     | {ticks={number=N, maybe=null}}   | INTERNAL",
                "ticks { number breaks }               | {ticks={number=N, breaks=null}}  | INTERNAL",
                "maybe { number tick { later } }       | {maybe=null}                     | UNAVAILABLE",
                "m: maybe { refuses }                  | {m=null}                         | NOT_FOUND"
            })
    void keepsInAnItemWhatIsLeftOfIt(String selection, String data, String code) {
        List<ExecutionResult> items = items("subscription { " + selection + " }");

        assertThat(items).hasSize(2);
        for (int i = 0; i < items.size(); i++) {
            assertThat(items.get(i).toSpecification().get("data"))
                    .asString()
                    .isEqualTo(data.replace("N", "" + (i + 1)));
            assertThat(onlyError(items.get(i)).getExtensions()).containsEntry("code", code);
        }
    }

    @Test
    void tellsAllErrorsOfAnItem() {
        assertThat(items("subscription { ticks { a: refuses b: refuses c: breaks } }"))
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.getErrors().stream()
                                .map(error -> error.getExtensions().get("code")))
                        .containsExactlyInAnyOrder("NOT_FOUND", "NOT_FOUND", "INTERNAL"));
    }

    @Test
    void goesOnAfterAnItemThatGraphQlItselfBreaksOn(CapturedOutput log) {
        List<ExecutionResult> items = items(
                "subscription($with: Boolean = true) { ticks { number @include(if: $with) } }",
                Collections.singletonMap("with", null));

        assertThat(items).hasSize(2).allSatisfy(item -> {
            assertThat(item.toSpecification()).containsEntry("data", null);
            GraphQLError error = onlyError(item);
            assertThat(error.getExtensions()).containsEntry("code", "INTERNAL");
            assertThat(error.getPath()).isEqualTo(List.of("ticks"));
            assertThat(log.getAll())
                    .contains("correlation id " + error.getExtensions().get("correlationId"));
        });
    }

    private List<ExecutionResult> items(String query) {
        return items(query, Map.of());
    }

    private List<ExecutionResult> items(String query, Map<String, @Nullable Object> variables) {
        WebGraphQlResponse response = answer(query, variables, Locale.ENGLISH);
        return Objects.requireNonNull(Flux.from(Objects.requireNonNull(response.<Publisher<ExecutionResult>>getData()))
                .collectList()
                .block());
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
        return answer(query, Map.of(), locale);
    }

    private WebGraphQlResponse answer(String query, Map<String, @Nullable Object> variables, Locale locale) {
        WebGraphQlRequest request = new WebGraphQlRequest(
                URI.create("http://localhost/graphql"),
                new HttpHeaders(),
                null,
                null,
                Map.of(),
                new DefaultGraphQlRequest(query, null, variables, null),
                "1",
                locale);
        return Objects.requireNonNull(handler.handleRequest(request).block());
    }
}
