package dev.towline.edge.error;

import dev.towline.edge.scalar.WellFormed;
import dev.towline.problem.Problem;
import dev.towline.problem.ProblemCode;
import dev.towline.problem.Unavailable;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import reactor.core.Exceptions;

/** Tells a failure to a caller: a problem in its own words, anything else as INTERNAL with an id that is also in the log. */
public final class ProblemErrors {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemErrors.class);

    private ProblemErrors() {}

    /** Tells a failure of a resolver; null: of no resolver. */
    public static GraphQLError of(Throwable failure, @Nullable DataFetchingEnvironment environment) {
        return environment == null
                ? of(failure, GraphqlErrorBuilder.newError(), CorrelationId.of(null))
                : of(
                        failure,
                        GraphqlErrorBuilder.newError(environment),
                        CorrelationId.of(environment.getGraphQlContext()));
    }

    /**
     * Tells a failure.
     *
     * @param thrown what a resolver or an interceptor has thrown, however often it was wrapped on the way
     * @param error knows where it happened
     */
    public static GraphQLError of(Throwable thrown, GraphqlErrorBuilder<?> error, CorrelationId id) {
        Throwable failure = unwrapped(thrown);
        if (failure instanceof Problem problem) {
            GraphQLError told =
                    error(error, problem.code(), String.valueOf(problem.getMessage()), problem.argument(), null);
            return problem instanceof Unavailable unavailable ? new TemporaryFailure(unavailable).mark(told) : told;
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
        return internal(error, failure.toString(), failure, id);
    }

    /** Tells a fault that GraphQL itself found, such as a null where there can be none, without its words. */
    static GraphQLError internal(GraphQLError fault, CorrelationId id) {
        GraphqlErrorBuilder<?> error = GraphqlErrorBuilder.newError().path(fault.getPath());
        return internal(error.locations(fault.getLocations()), fault.getMessage(), null, id);
    }

    /** Tells a failure that no resolver had. */
    public static GraphQLError internal(Throwable failure, CorrelationId id) {
        return internal(GraphqlErrorBuilder.newError(), failure.toString(), failure, id);
    }

    /** Tells what is wrong with a request. */
    public static GraphQLError badInput(GraphqlErrorBuilder<?> error, @Nullable String argument, String message) {
        return error(error, ProblemCode.BAD_INPUT, message, argument, null);
    }

    /** The same error, of that type and with these extensions. */
    static GraphQLError copy(GraphQLError error, ErrorClassification type, Map<String, Object> extensions) {
        return GraphqlErrorBuilder.newError()
                .message("%s", error.getMessage())
                .locations(error.getLocations())
                .path(error.getPath())
                .errorType(type)
                .extensions(extensions)
                .build();
    }

    /** What was thrown, without what a future or Reactor wraps it in, however often. */
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
