package dev.towline.edge.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.Conflict;
import dev.towline.problem.Unavailable;
import graphql.GraphQLError;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.Exceptions;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("what others log would be captured, too")
class ProblemErrorsTests {

    private static Unavailable unavailable() {
        return new Unavailable("Later.", new IllegalStateException());
    }

    static Stream<Throwable> wrapped() {
        return Stream.of(
                unavailable(),
                new CompletionException(unavailable()),
                new ExecutionException(unavailable()),
                new CompletionException(new ExecutionException(new CompletionException(unavailable()))),
                Exceptions.propagate(new ExecutionException(unavailable())));
    }

    @ParameterizedTest
    @MethodSource("wrapped")
    void findsAWrappedProblem(Throwable thrown, CapturedOutput log) {
        GraphQLError error = ProblemErrors.of(thrown, null);

        assertThat(error.getMessage()).isEqualTo("Later.");
        assertThat(error.getExtensions()).containsEntry("code", "UNAVAILABLE").containsKey("retryAfterSeconds");
        assertThat(error.toSpecification().get("extensions"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("classification", "UNAVAILABLE");
        assertThat(log.getAll()).isEmpty();
    }

    @Test
    void reportsAWrappedFaultAsInternal() {
        Throwable fault = new CompletionException(new NullPointerException());

        assertThat(ProblemErrors.of(fault, null).getExtensions())
                .containsEntry("code", "INTERNAL")
                .doesNotContainKey("retryAfterSeconds");
        assertThat(ProblemErrors.unwrapped(new CompletionException(null))).isInstanceOf(CompletionException.class);
    }

    @Test
    void spreadsRetriesOfSimultaneousFailures() {
        assertThat(IntStream.range(0, 1000)
                        .mapToObj(_ -> AnsweringService.extensions(ProblemErrors.of(unavailable(), null))
                                .get("retryAfterSeconds"))
                        .distinct())
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    }

    @Test
    void hasRetryAfterOnlyForTemporaryFailures() {
        assertThat(ProblemErrors.of(new Conflict(null, "No."), null).getExtensions())
                .isEqualTo(Map.of("code", "CONFLICT"));
    }
}
