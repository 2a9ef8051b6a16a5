package dev.towline.edge.error;

import dev.towline.audit.Repeats;
import dev.towline.problem.Unavailable;
import graphql.GraphQLError;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Logs why answers are UNAVAILABLE: at most one line each second for each kind of failure, see {@link Repeats}. Thread-safe.
 */
@Component
class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);

    /** There are few kinds: the messages in the code, and the exceptions of clients. */
    private final Repeats<Kind> repeats;

    FailureLog(InstantSource clock) {
        this.repeats = new Repeats<>(clock);
    }

    /** The message for the caller, and the class of the root cause. */
    private record Kind(String message, @Nullable Class<?> cause) {

        static Kind of(Unavailable failure) {
            Throwable first = causes(failure).reduce(failure, (_, deeper) -> deeper);
            return new Kind(String.valueOf(failure.getMessage()), first.equals(failure) ? null : first.getClass());
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
        String more = repeats.count(kind);
        if (more != null) {
            LOG.warn(
                    "{}, correlation id {}{}: {}{}",
                    failure.code(),
                    id,
                    more,
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
