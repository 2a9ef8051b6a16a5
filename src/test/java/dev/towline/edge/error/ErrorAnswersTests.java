package dev.towline.edge.error;

import static dev.towline.edge.error.AnsweringService.extensions;
import static dev.towline.edge.error.AnsweringService.onlyError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.BadInput;
import dev.towline.problem.NotFound;
import dev.towline.problem.Unavailable;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import graphql.schema.DataFetchingEnvironment;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;

/** The errors that clients see for failures, in answers and in streams. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("what others log would be captured, too")
class ErrorAnswersTests {

    private static final String SCHEMA = """
        type Query { breaks: String  needed: String!  refuses(first: Int): String }
        type Subscription { ticks: Tick!  maybe: Tick  ends: Tick! }
        type Tick { number: Int  breaks: String  needed: String!  refuses: String!  later: String!  listed: [String!]!
          tick: Tick!  maybe: Tick }
        """;

    private final AnsweringService service = new AnsweringService(
            SCHEMA,
            wiring -> wiring.type(
                            "Query",
                            type -> type.dataFetcher("breaks", _ -> {
                                        throw new IllegalStateException("jdbc:secret");
                                    })
                                    .dataFetcher("refuses", _ -> {
                                        throw new BadInput("first", "must be between 1 and 100.");
                                    }))
                    .type(
                            "Tick",
                            type -> type.dataFetcher("breaks", _ -> {
                                        throw new IllegalStateException("jdbc:secret");
                                    })
                                    .dataFetcher("refuses", _ -> {
                                        throw new NotFound("sessionId", "a session");
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
                                    .dataFetcher(
                                            "ends",
                                            _ -> Flux.error(new BadInput("first", "must be between 1 and 100.")))));

    @Test
    void reportsAnInternalFailureOnlyInTheLog(CapturedOutput log) {
        GraphQLError error = onlyError(service.answer("{ breaks }"));

        assertThat(error.getExtensions()).containsEntry("code", "INTERNAL").containsKey("correlationId");
        assertThat(error.getMessage()).isEqualTo("An internal error occurred.");
        assertThat(log.getAll().lines())
                .anyMatch(line -> line.contains("ERROR")
                        && line.contains("correlation id " + extensions(error).get("correlationId"))
                        && line.contains("jdbc:secret"));
    }

    @Test
    void answersInEnglish() {
        GraphQLError error = onlyError(service.answer("{ nothing }", Locale.GERMAN));

        assertThat(error.getMessage()).isEqualTo("Field 'nothing' in type 'Query' is undefined");
    }

    @Test
    void reportsANullInANonNullFieldAsInternal() {
        GraphQLError error = onlyError(service.answer("{ needed }"));

        assertThat(error.getExtensions()).containsEntry("code", "INTERNAL").containsKey("correlationId");
        assertThat(error.getMessage()).doesNotContain("needed");
    }

    @Test
    void givesAllErrorsOfAnAnswerOneId(CapturedOutput log) {
        List<GraphQLError> errors =
                service.answer("{ a: refuses b: refuses c: breaks }").getErrors();

        assertThat(errors).hasSize(3);
        assertThat(errors.stream()
                        .map(error -> extensions(error).get("correlationId"))
                        .distinct())
                .hasSize(1);
        assertThat(log.getAll()).contains("[BAD_INPUT(first), BAD_INPUT(first)]");
    }

    /** The name of an argument may come from the variables of a stranger. */
    @Test
    void letsNoNameOfAnArgumentBeginALineOfTheLog(CapturedOutput log) {
        String name = "a\r\nINFO\u2028forged\u001b[2J" + "x".repeat(200);
        ErrorLog.record(List.of(Refusal.badRequest(name, "Unknown.").error()), CorrelationId.random());

        assertThat(log.getAll()).contains("[BAD_INPUT(a??INFO?forged?[2J" + "x".repeat(82) + ")]");
    }

    @Test
    void reportsAnErrorInAStream() {
        List<ExecutionResult> items = items("subscription { ticks { number breaks } }");

        GraphQLError error = onlyError(items.getFirst());
        assertThat(error.getExtensions()).containsEntry("code", "INTERNAL").containsKey("correlationId");
        assertThat(error.getMessage()).doesNotContain("secret");
    }

    @Test
    void reportsAnErrorThatEndsAStream(CapturedOutput log) {
        Map<String, Object> extensions = service.end("subscription { ends { number } }");

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
    void reportsAnErrorThatMakesAnItemNullAndGoesOn(String selection, String path, String code) {
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
    void keepsTheDataOfAnItemWithErrors(String selection, String data, String code) {
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
    void reportsAllErrorsOfAnItem() {
        assertThat(items("subscription { ticks { a: refuses b: refuses c: breaks } }"))
                .hasSize(2)
                .allSatisfy(item -> assertThat(item.getErrors().stream()
                                .map(error -> extensions(error).get("code")))
                        .containsExactlyInAnyOrder("NOT_FOUND", "NOT_FOUND", "INTERNAL"));
    }

    @Test
    void goesOnAfterAnItemOnWhichGraphQlFails(CapturedOutput log) {
        List<ExecutionResult> items = service.items(
                "subscription($with: Boolean = true) { ticks { number @include(if: $with) } }",
                Collections.singletonMap("with", null));

        assertThat(items).hasSize(2).allSatisfy(item -> {
            assertThat(item.toSpecification()).containsEntry("data", null);
            GraphQLError error = onlyError(item);
            assertThat(error.getExtensions()).containsEntry("code", "INTERNAL");
            assertThat(error.getPath()).isEqualTo(List.of("ticks"));
            assertThat(log.getAll())
                    .contains("correlation id " + extensions(error).get("correlationId"));
        });
    }

    private List<ExecutionResult> items(String query) {
        return service.items(query, Map.of());
    }
}
