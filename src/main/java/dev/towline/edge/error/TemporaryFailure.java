package dev.towline.edge.error;

import dev.towline.problem.Unavailable;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/** Marks an error as temporary, so that a retry may succeed, and keeps its cause for the log. */
public record TemporaryFailure(Unavailable problem) implements ErrorClassification {

    private static final String RETRY_AFTER_SECONDS = "retryAfterSeconds";

    @Override
    public Object toSpecification(GraphQLError error) {
        return problem.code().name();
    }

    /** A copy of the error with this mark and the time until a retry. */
    GraphQLError mark(GraphQLError error) {
        return withRetryTime(error, this, problem.retryAfter());
    }

    /** A copy of the error with this type and the time until a retry, in whole seconds. */
    static GraphQLError withRetryTime(GraphQLError error, ErrorClassification type, Duration retryAfter) {
        Map<String, Object> extensions = new LinkedHashMap<>(error.getExtensions());
        extensions.put(RETRY_AFTER_SECONDS, Math.toIntExact(Math.min(retryAfter.toSeconds(), Integer.MAX_VALUE)));
        return ProblemErrors.copy(error, type, extensions);
    }

    /** The number of seconds after which to retry a request with these errors; empty if a retry does not help. */
    public static OptionalInt retryAfterSeconds(List<GraphQLError> errors) {
        return errors.stream()
                .map(GraphQLError::getExtensions)
                .filter(Objects::nonNull)
                .map(extensions -> extensions.get(RETRY_AFTER_SECONDS))
                .filter(Integer.class::isInstance)
                .mapToInt(Integer.class::cast)
                .max();
    }
}
