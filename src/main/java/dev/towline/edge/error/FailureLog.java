package dev.towline.edge.error;

import dev.towline.problem.Unavailable;
import graphql.GraphQLError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Tells the log why answers are UNAVAILABLE: one line for each kind of failure and second, however many answers there are. Each line
 * counts the answers that had none since the line before it: so those after the last line are counted once the same happens again, and
 * no timer is needed. Thread-safe.
 */
@Component
class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final InstantSource clock;

    /** There are few: as many as messages in the code and exceptions of clients. */
    private final Map<Kind, Line> lastLines = new ConcurrentHashMap<>();

    FailureLog(InstantSource clock) {
        this.clock = clock;
    }

    /** What callers are told, and the class of the first cause. */
    private record Kind(String message, @Nullable Class<?> cause) {

        static Kind of(Unavailable failure) {
            Throwable first = causes(failure).reduce(failure, (_, deeper) -> deeper);
            return new Kind(String.valueOf(failure.getMessage()), first.equals(failure) ? null : first.getClass());
        }
    }

    /**
     * The last line of a kind.
     *
     * @param at when it was written
     * @param more what it says of the answers that had no line before it
     * @param unsaid how many answers had no line since
     */
    private record Line(Instant at, String more, long unsaid) {

        static Line next(@Nullable Line last, Instant now) {
            if (last == null) {
                return new Line(now, "", 0);
            }
            if (Duration.between(last.at, now).abs().compareTo(INTERVAL) < 0) {
                return new Line(last.at, last.more, last.unsaid + 1);
            }
            return new Line(now, last.unsaid == 0 ? "" : " and %d more since %s".formatted(last.unsaid, last.at), 0);
        }

        boolean isNew() {
            return unsaid == 0;
        }
    }

    /** Notes the temporary failures among the errors of one answer, each kind once. */
    void note(List<GraphQLError> errors, CorrelationId id) {
        errors.stream()
                .flatMap(error -> error.getErrorType() instanceof TemporaryFailure(Unavailable failure)
                        ? Stream.of(failure)
                        : Stream.empty())
                .collect(Collectors.toMap(Kind::of, failure -> failure, (one, _) -> one))
                .forEach((kind, failure) -> note(kind, failure, id));
    }

    private void note(Kind kind, Unavailable failure, CorrelationId id) {
        Instant now = clock.instant();
        Line line = lastLines.compute(kind, (_, last) -> Line.next(last, now));
        if (line.isNew()) {
            LOG.warn(
                    "{}, correlation id {}{}: {}{}",
                    failure.code(),
                    id,
                    line.more,
                    failure.getMessage(),
                    causes(failure)
                            .map(cause -> " < " + inOneLine(cause.toString()))
                            .collect(Collectors.joining()));
        }
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure.getCause(), cause -> cause != null, Throwable::getCause);
    }

    private static String inOneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
