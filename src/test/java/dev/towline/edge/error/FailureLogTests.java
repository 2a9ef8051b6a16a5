package dev.towline.edge.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.BadInput;
import dev.towline.problem.Problem;
import dev.towline.problem.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The log lines about temporary failures. */
@ExtendWith(OutputCaptureExtension.class)
@Isolated("what others log would be captured, too")
class FailureLogTests {

    private static final Instant NOON = Instant.parse("2026-03-21T12:00:00Z");

    private Instant now = NOON;
    private final FailureLog failures = new FailureLog(() -> now);

    @Test
    void logsAFailureWithItsCausesInOneLine(CapturedOutput log) {
        log(
                "one",
                new Unavailable("Later.", new IllegalStateException("the pool\nis closed", new IOException("gone"))));

        assertThat(lines(log))
                .singleElement()
                .asString()
                .contains("WARN")
                .endsWith(
                        "UNAVAILABLE, correlation id one: Later. < java.lang.IllegalStateException: the pool is closed"
                                + " < java.io.IOException: gone");
        assertThat(log.getAll()).doesNotContain("\tat ");
    }

    @Test
    void logsOneLineASecondAndCountsTheOthersInTheNext(CapturedOutput log) {
        IntStream.range(0, 4000).forEach(i -> {
            now = NOON.plus(Duration.ofMillis(i));
            log("id" + i, new Unavailable("Later.", new CancellationException()));
        });

        assertThat(lines(log)).hasSize(4);
        assertThat(lines(log).get(0)).contains("correlation id id0: Later.");
        assertThat(lines(log).get(1)).contains("correlation id id1000 and 999 more since 2026-03-21T12:00:00Z: Later.");
        assertThat(lines(log).get(3)).contains("correlation id id3000 and 999 more since 2026-03-21T12:00:02Z: Later.");
    }

    @Test
    void keepsTheCountUntilALateNextFailure(CapturedOutput log) {
        IntStream.range(0, 3).forEach(_ -> log("early", new Unavailable("Later.", new CancellationException())));
        now = NOON.plus(Duration.ofDays(1));
        log("late", new Unavailable("Later.", new CancellationException()));

        assertThat(lines(log)).hasSize(2);
        assertThat(lines(log).getLast()).contains("correlation id late and 2 more since 2026-03-21T12:00:00Z:");
    }

    @Test
    void distinguishesKindsByRootCauseAndMessage(CapturedOutput log) {
        for (int i = 0; i < 2; i++) {
            log("a", new Unavailable("Later.", new IllegalStateException(new IOException("one"))));
            log("b", new Unavailable("Later.", new IllegalStateException(new TimeoutException("two"))));
            log("c", new Unavailable("Look before.", new IllegalStateException(new IOException("three"))));
            log("d", new Unavailable("Later.", null));
        }

        assertThat(lines(log)).hasSize(4);
    }

    @Test
    void countsAnAnswerWithSeveralFailedFieldsOnce(CapturedOutput log) {
        Unavailable failure = new Unavailable("Later.", new CancellationException());
        log("one", failure, failure, failure);
        now = NOON.plusSeconds(1);
        log("two", failure);

        assertThat(lines(log)).hasSize(2);
        assertThat(lines(log).getLast()).contains("correlation id two: Later.");
    }

    @Test
    void logsAfterTheClockIsSetBack(CapturedOutput log) {
        log("one", new Unavailable("Later.", null));
        now = NOON.minus(Duration.ofHours(1));
        log("two", new Unavailable("Later.", null));

        assertThat(lines(log)).hasSize(2);
    }

    @Test
    void logsNoOtherErrors(CapturedOutput log) {
        log("one", new BadInput("first", "must be between 1 and 100."));

        assertThat(lines(log)).isEmpty();
    }

    private void log(String id, Problem... problems) {
        failures.log(
                Arrays.stream(problems)
                        .map(problem -> ProblemErrors.of(problem, null))
                        .toList(),
                new CorrelationId(id));
    }

    private static List<String> lines(CapturedOutput log) {
        return log.getAll().lines().filter(line -> line.contains("FailureLog")).toList();
    }
}
