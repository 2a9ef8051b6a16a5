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
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.TypeInfo;
import graphql.validation.ValidationError;
import graphql.validation.ValidationErrorType;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.execution.GraphQlSource;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Gives a code to each error of graphql-java: BAD_INPUT if the request caused it, otherwise INTERNAL. A BAD_INPUT error names the argument
 * at fault, and no Java class. Thread-safe.
 */
@Component
class Faults {

    private static final Set<ErrorClassification> OF_THE_REQUEST =
            Set.of(ErrorType.InvalidSyntax, ErrorType.ValidationError, ErrorType.OperationNotSupported);

    /** The statuses for a document that cannot be parsed. */
    private static final Refused UNREADABLE = new Refused(HttpStatus.BAD_REQUEST, HttpStatus.OK);

    /** The prefix of a validation error in graphql-java. */
    private static final Pattern PREFIX = Pattern.compile("\\AValidation [eE]rror \\([^)]*\\) ?: ");

    /** The message about a literal of the wrong type. Only the message has the path and the type. */
    private static final Pattern VALUE = Pattern.compile(
            "\\Aargument '([^']+)' with value '.*?'"
                    + " (?:is not a valid '(?<type>\\w+)'.*|is missing required fields '\\[(?<missing>\\w+).*"
                    + "|contains a field not in '\\w+': '(?<unknown>\\w+)'|(?<object>must be an object type)"
                    + "|must not be null)\\z",
            Pattern.DOTALL);

    private static final Pattern ARGUMENT = Pattern.compile("argument '(\\w+)'");

    private final GraphQLSchema schema;

    Faults(GraphQlSource source) {
        this.schema = source.schema();
    }

    /**
     * A fault of a request.
     *
     * @param argument the path of the argument at fault, null if no argument is at fault
     * @param message the message for the client
     */
    record Fault(@Nullable String argument, String message) {

        /** A fault of an argument. The message consists of the name and the predicate. */
        static Fault of(String argument, String predicate) {
            return new Fault(argument, Problem.sentence(argument, predicate));
        }
    }

    /** The error for the client. An error with a code is not changed. */
    GraphQLError clientError(GraphQLError error, ExecutionInput input, CorrelationId id) {
        if (error.getExtensions() != null && error.getExtensions().containsKey("code")) {
            return error;
        }
        if (!OF_THE_REQUEST.contains(error.getErrorType())) {
            return ProblemErrors.internal(error, id);
        }
        Fault fault = fault(error, input);
        GraphqlErrorBuilder<?> builder = GraphqlErrorBuilder.newError().path(error.getPath());
        builder.locations(error.getLocations());
        GraphQLError badInput = ProblemErrors.badInput(builder, fault.argument(), fault.message());
        return error instanceof InvalidSyntaxError
                ? ProblemErrors.copy(badInput, UNREADABLE, Objects.requireNonNull(badInput.getExtensions()))
                : badInput;
    }

    private Fault fault(GraphQLError error, ExecutionInput input) {
        return switch (error) {
            case ValidationError invalid -> documentFault(invalid, input);
            case InvalidSyntaxError syntax ->
                new Fault(WellFormed.is(input.getQuery()) ? null : "query", syntax.getMessage());
            case UnknownOperationException unknown -> new Fault("operationName", String.valueOf(unknown.getMessage()));
            default -> VariableFaults.of(error, schema, input);
        };
    }

    private Fault documentFault(ValidationError error, ExecutionInput input) {
        String sentence = PREFIX.matcher(error.getMessage()).replaceFirst("");
        return switch (error.getValidationErrorType()) {
            case null -> new Fault(null, sentence);
            case ValidationErrorType.WrongType -> literalFault(sentence);
            case ValidationErrorType.BadValueForDefaultArg -> {
                var variable = VariableUses.at(error.getLocations(), VariableDefinition.class, input);
                String type = TypeInfo.typeInfo(variable.getType()).getName();
                yield new Fault(
                        VariableUses.argumentOf(variable.getName(), input),
                        "The default value of `$%s` %s"
                                .formatted(variable.getName(), VariableFaults.predicate(schema, type)));
            }
            case ValidationErrorType.VariableTypeMismatch -> {
                var variable = VariableUses.at(error.getLocations(), VariableReference.class, input);
                yield new Fault(VariableUses.argumentOf(variable.getName(), input), sentence);
            }
            default -> {
                Matcher argument = ARGUMENT.matcher(sentence);
                yield new Fault(argument.find() ? argument.group(1) : null, sentence);
            }
        };
    }

    private Fault literalFault(String sentence) {
        Matcher literal = VALUE.matcher(sentence);
        if (!literal.matches()) {
            return new Fault(null, sentence);
        }
        String argument = literal.group(1);
        if (literal.group("type") != null) {
            return Fault.of(argument, VariableFaults.predicate(schema, literal.group("type")));
        }
        if (literal.group("missing") != null) {
            return Fault.of(argument + "." + literal.group("missing"), "is required.");
        }
        if (literal.group("unknown") != null) {
            return Fault.of(argument + "." + literal.group("unknown"), "is not a field of this type.");
        }
        return Fault.of(argument, literal.group("object") == null ? "must not be null." : "must be an object.");
    }
}
