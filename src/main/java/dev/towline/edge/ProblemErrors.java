package dev.towline.edge;

import dev.towline.problem.Problem;
import dev.towline.problem.ProblemCode;
import graphql.ErrorClassification;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.schema.DataFetchingEnvironment;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;

/** Tells a failure to a caller: a problem in its own words, anything else as INTERNAL with an id that is also in the log. */
final class ProblemErrors {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemErrors.class);

    private ProblemErrors() {}

    static GraphQLError of(Throwable failure, @Nullable DataFetchingEnvironment environment) {
        GraphqlErrorBuilder<?> error =
                environment == null ? GraphqlErrorBuilder.newError() : GraphqlErrorBuilder.newError(environment);
        if (failure instanceof Problem problem) {
            if (problem.getCause() != null) {
                LOG.warn("{}: {}", problem.code(), problem.getMessage(), problem.getCause());
            }
            return error(error, problem.code(), String.valueOf(problem.getMessage()), problem.argument(), null);
        }
        if (failure instanceof BindException unbound) {
            FieldError field = unbound.getFieldError();
            String argument = field == null ? unbound.getObjectName() : field.getField();
            return error(error, ProblemCode.BAD_INPUT, "It does not fit this argument.", argument, null);
        }
        String correlationId = UUID.randomUUID().toString();
        LOG.error("a request failed, correlation id {}", correlationId, failure);
        return error(error, ProblemCode.INTERNAL, "Something went wrong on our side.", null, correlationId);
    }

    private static GraphQLError error(
            GraphqlErrorBuilder<?> error,
            ProblemCode code,
            String message,
            @Nullable String argument,
            @Nullable String correlationId) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", code.name());
        if (argument != null) {
            extensions.put("argument", argument);
        }
        if (correlationId != null) {
            extensions.put("correlationId", correlationId);
        }
        return error.message("%s", message)
                .errorType(ErrorClassification.errorClassification(code.name()))
                .extensions(extensions)
                .build();
    }
}
