package dev.towline.edge.error;

import dev.towline.edge.scalar.WellFormed;
import dev.towline.problem.Problem;
import graphql.ErrorClassification;
import graphql.ErrorType;
import graphql.ExecutionInput;
import graphql.GraphQLError;
import graphql.GraphqlErrorBuilder;
import graphql.InvalidSyntaxError;
import graphql.execution.UnknownOperationException;
import graphql.schema.GraphQLSchema;
import graphql.validation.ValidationError;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Tells what GraphQL itself finds wrong with a request: as BAD_INPUT, with the argument at fault, and without the names of Java classes
 * that its own words are full of. Thread-safe.
 */
@Component
class Faults {

    private static final Set<ErrorClassification> OF_THE_REQUEST =
            Set.of(ErrorType.InvalidSyntax, ErrorType.ValidationError, ErrorType.OperationNotSupported);

    /** HTTP tells a document that is none apart from one that does not fit the schema. */
    private static final Refused UNREADABLE = new Refused(HttpStatus.BAD_REQUEST, HttpStatus.OK);

    private final GraphQLSchema schema;

    Faults(GraphQlSource source) {
        this.schema = source.schema();
    }

    /**
     * A fault of a request.
     *
     * @param argument the path of the argument at fault, null if it is none's
     * @param message what is wrong with it
     */
    record Fault(@Nullable String argument, String message) {

        /** A fault of that argument, whose message is its name and the predicate. */
        static Fault of(String argument, String predicate) {
            return new Fault(argument, Problem.sentence(argument, predicate));
        }
    }

    /** The error as a caller gets to see it: itself if it has a code already. */
    GraphQLError tell(GraphQLError error, ExecutionInput input, CorrelationId id) {
        if (error.getExtensions() != null && error.getExtensions().containsKey("code")) {
            return error;
        }
        if (!OF_THE_REQUEST.contains(error.getErrorType())) {
            return ProblemErrors.internal(error, id);
        }
        Fault fault = fault(error, input);
        GraphqlErrorBuilder<?> told = GraphqlErrorBuilder.newError().path(error.getPath());
        told.locations(error.getLocations());
        GraphQLError badInput = ProblemErrors.badInput(told, fault.argument(), fault.message());
        return error instanceof InvalidSyntaxError
                ? ProblemErrors.copy(badInput, UNREADABLE, Objects.requireNonNull(badInput.getExtensions()))
                : badInput;
    }

    private Fault fault(GraphQLError error, ExecutionInput input) {
        return switch (error) {
            case ValidationError invalid -> DocumentFaults.of(invalid, schema, input);
            case InvalidSyntaxError syntax ->
                new Fault(WellFormed.is(input.getQuery()) ? null : "query", syntax.getMessage());
            case UnknownOperationException unknown -> new Fault("operationName", String.valueOf(unknown.getMessage()));
            default -> VariableFaults.of(error, schema, input);
        };
    }
}
