package dev.towline.edge.error;

import dev.towline.edge.scalar.WellFormed;
import dev.towline.problem.Limit;
import dev.towline.problem.Problem;
import dev.towline.problem.ProblemCode;
import dev.towline.problem.RateLimited;
import dev.towline.problem.Unavailable;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.execution.AbortExecutionException;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import reactor.core.Exceptions;

/**
 * Converts exceptions to GraphQL errors. A {@link Problem} keeps its message. A {@link BindException} becomes BAD_INPUT. Any other exception
 * becomes INTERNAL, with a correlation id that is also in the log.
 */
public final class ProblemErrors {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemErrors.class);

    /** HTTP itself refuses such a request, whatever the client accepts: nothing of it was executed. */
    private static final Refused TOO_MANY = new Refused(HttpStatus.TOO_MANY_REQUESTS, HttpStatus.TOO_MANY_REQUESTS);

    private static final Refused NO_ROOM = new Refused(HttpStatus.SERVICE_UNAVAILABLE, HttpStatus.SERVICE_UNAVAILABLE);

    private ProblemErrors() {}

    /**
     * The error for an exception.
     *
     * @param environment the environment of the resolver that failed, null if there is none
     */
    public static GraphQLError of(Throwable failure, @Nullable DataFetchingEnvironment environment) {
        return environment == null
                ? of(failure, GraphqlErrorBuilder.newError(), CorrelationId.of(null))
                : of(
                        failure,
                        GraphqlErrorBuilder.newError(environment),
                        CorrelationId.of(environment.getGraphQlContext()));
    }

    /**
     * The error for an exception.
     *
     * @param thrown the exception of a resolver or an interceptor, possibly wrapped
     * @param error a builder that has the location of the error
     */
    public static GraphQLError of(Throwable thrown, GraphqlErrorBuilder<?> error, CorrelationId id) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof Problem problem) {
            GraphQLError result = withLimit(
                    error(error, problem.code(), String.valueOf(problem.getMessage()), problem.argument(), null),
                    problem.limit());
            return switch (problem) {
                case Unavailable unavailable -> new TemporaryFailure(unavailable).mark(result);
                case RateLimited limited -> TemporaryFailure.withRetryTime(result, TOO_MANY, limited.retryAfter());
                default -> result;
            };
        }
        if (failure instanceof BindException unbound) {
            FieldError field = unbound.getFieldError();
            String argument = field == null ? unbound.getObjectName() : field.getField();
            return error(
                    error,
                    ProblemCode.BAD_INPUT,
                    Problem.sentence(argument, "has a value of the wrong type."),
                    argument,
                    null);
        }
        if (failure instanceof AbortExecutionException) {
            // The operation was cancelled, so nobody gets this.
            return error(error, ProblemCode.UNAVAILABLE, "The operation was cancelled.", null, id);
        }
        return internal(error, failure.toString(), failure, id);
    }

    /**
     * An INTERNAL error instead of a fault that graphql-java found, such as a null in a non-null field. The message of graphql-java is only
     * logged.
     */
    static GraphQLError internal(GraphQLError fault, CorrelationId id) {
        GraphqlErrorBuilder<?> error = GraphqlErrorBuilder.newError().path(fault.getPath());
        return internal(error.locations(fault.getLocations()), fault.getMessage(), null, id);
    }

    /** The error for a request that HTTP itself refuses because there is no room for it: nothing of it was executed. */
    public static GraphQLError refused(Unavailable full) {
        return TemporaryFailure.withRetryTime(of(full, null), NO_ROOM, full.retryAfter());
    }

    /** An INTERNAL error for an exception outside of resolvers. */
    public static GraphQLError internal(Throwable failure, CorrelationId id) {
        return internal(GraphqlErrorBuilder.newError(), failure.toString(), failure, id);
    }

    /** A BAD_INPUT error. */
    public static GraphQLError badInput(GraphqlErrorBuilder<?> error, @Nullable String argument, String message) {
        return error(error, ProblemCode.BAD_INPUT, message, argument, null);
    }

    /** The error with the limit that the request exceeds. */
    static GraphQLError withLimit(GraphQLError error, @Nullable Limit limit) {
        if (limit == null) {
            return error;
        }
        Map<String, Object> extensions = new LinkedHashMap<>(error.getExtensions());
        extensions.put("limit", limit.name());
        extensions.put("allowed", limit.allowed());
        return copy(error, error.getErrorType(), extensions);
    }

    /** A copy of an error with another type and other extensions. */
    static GraphQLError copy(GraphQLError error, ErrorClassification type, Map<String, Object> extensions) {
        return GraphqlErrorBuilder.newError()
                .message("%s", error.getMessage())
                .locations(error.getLocations())
                .path(error.getPath())
                .errorType(type)
                .extensions(extensions)
                .build();
    }

    /** The exception without the wrappers of futures and Reactor. */
    static Throwable unwrapped(Throwable thrown) {
        Throwable failure = Exceptions.unwrap(thrown);
        while ((failure instanceof CompletionException || failure instanceof ExecutionException)
                && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure;
    }

    private static GraphQLError internal(
            GraphqlErrorBuilder<?> error, String fault, @Nullable Throwable failure, CorrelationId id) {
        LOG.error("a request failed, correlation id {}: {}", id, fault, failure);
        return error(error, ProblemCode.INTERNAL, "An internal error occurred.", null, id);
    }

    private static GraphQLError error(
            GraphqlErrorBuilder<?> error,
            ProblemCode code,
            String message,
            @Nullable String argument,
            @Nullable CorrelationId id) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code.name());
        if (argument != null) {
            extensions.put("argument", WellFormed.of(argument));
        }
        if (id != null) {
            extensions.put("correlationId", id.value());
        }
        return error.message("%s", WellFormed.of(message))
                .errorType(ErrorClassification.errorClassification(code.name()))
                .extensions(extensions)
                .build();
    }
}
