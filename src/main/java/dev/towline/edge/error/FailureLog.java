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
 * Logs why answers are UNAVAILABLE: at most one line each second for each kind of failure. A line also has the number of answers without a
 * line since the last one. So answers after the last line are counted when the same failure occurs again, and no timer is needed.
 * Thread-safe.
 */
@Component
class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final InstantSource clock;

    /** The last line of each kind. There are few kinds: the messages in the code, and the exceptions of clients. */
    private final Map<Kind, Line> lastLines = new ConcurrentHashMap<>();

    FailureLog(InstantSource clock) {
        this.clock = clock;
    }

    /** The message for the caller, and the class of the root cause. */
    private record Kind(String message, @Nullable Class<?> cause) {

        static Kind of(Unavailable failure) {
            Throwable first = causes(failure).reduce(failure, (_, deeper) -> deeper);
            return new Kind(String.valueOf(failure.getMessage()), first.equals(failure) ? null : first.getClass());
        }
    }

    /**
     * The last line of a kind.
     *
     * @param at the time when it was written
     * @param more the part about answers without a line before it; may be empty
     * @param unlogged the number of answers without a line since
     */
    private record Line(Instant at, String more, long unlogged) {

        static Line next(@Nullable Line last, Instant now) {
            if (last == null) {
                return new Line(now, "", 0);
            }
            if (Duration.between(last.at, now).abs().compareTo(INTERVAL) < 0) {
                return new Line(last.at, last.more, last.unlogged + 1);
            }
            return new Line(
                    now, last.unlogged == 0 ? "" : " and %d more since %s".formatted(last.unlogged, last.at), 0);
        }

        boolean isNew() {
            return unlogged == 0;
        }
    }

    /** Logs the temporary failures among the errors of one answer, each kind once. */
    void log(List<GraphQLError> errors, CorrelationId id) {
        errors.stream()
                .flatMap(error -> error.getErrorType() instanceof TemporaryFailure(Unavailable failure)
                        ? Stream.of(failure)
                        : Stream.empty())
                .collect(Collectors.toMap(Kind::of, failure -> failure, (one, _) -> one))
                .forEach((kind, failure) -> log(kind, failure, id));
    }

    private void log(Kind kind, Unavailable failure, CorrelationId id) {
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
