package dev.towline.edge.error;

import dev.towline.edge.error.Faults.Fault;
import dev.towline.edge.scalar.DateTimeScalar;
import graphql.ExecutionInput;
import graphql.GraphQLContext;
import graphql.GraphQLError;
import graphql.execution.TypeFromAST;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import graphql.parser.Parser;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the part of a variable that graphql-java rejected. Its message has the name of the variable, but not the path to a field of an
 * object. This class follows the order of coercion in graphql-java.
 *
 * @see <a href="https://spec.graphql.org/September2025/#sec-Coercing-Variable-Values">Coercing Variable Values</a>
 */
final class VariableFaults {

    private static final Pattern NAMED = Pattern.compile("(?:[Aa]rgument|[Ff]ield|[Vv]ariable) '(\\w+)'");

    /**
     * A value that does not fit its type.
     *
     * @param path the path from the variable to the value, empty or such as {@code .position.latitude}
     * @param predicate the predicate of the message
     */
    private record Misfit(String path, String predicate) {}

    private VariableFaults() {}

    static Fault of(GraphQLError error, GraphQLSchema schema, ExecutionInput input) {
        OperationDefinition operation =
                VariableUses.operation(Parser.parse(input.getQuery()), input.getOperationName());
        Map<String, Object> variables = input.getRawVariables().toMap();
        for (VariableDefinition definition :
                operation == null ? List.<VariableDefinition>of() : operation.getVariableDefinitions()) {
            String name = definition.getName();
            boolean absent = !variables.containsKey(name);
            GraphQLType type = TypeFromAST.getTypeFromAST(schema, definition.getType());
            if (type == null
                    || (absent && (definition.getDefaultValue() != null || !(type instanceof GraphQLNonNull)))) {
                continue;
            }
            Misfit misfit = absent ? new Misfit("", "is required.") : misfit(type, variables.get(name), "");
            if (misfit != null) {
                return Fault.of(VariableUses.argumentOf(name, input) + misfit.path, misfit.predicate);
            }
        }
        String argument = named(error);
        String predicate = "has a value of the wrong type.";
        return argument == null ? new Fault(null, "An argument " + predicate) : Fault.of(argument, predicate);
    }

    /** The argument that the message of graphql-java names, null if there is none. */
    private static @Nullable String named(GraphQLError error) {
        Matcher named = NAMED.matcher(String.valueOf(error.getMessage()));
        return named.find() ? named.group(1) : null;
    }

    private static @Nullable Misfit misfit(GraphQLType type, @Nullable Object value, String path) {
        if (type instanceof GraphQLNonNull needed) {
            return value == null ? new Misfit(path, "must not be null.") : misfit(needed.getWrappedType(), value, path);
        }
        if (value == null) {
            return null;
        }
        return switch (type) {
            case GraphQLList list -> inList(list.getWrappedType(), value, path);
            case GraphQLInputObjectType object -> inObject(object, value, path);
            case GraphQLEnumType choices when !isOneOf(choices, value) -> new Misfit(path, predicate(choices));
            case GraphQLScalarType scalar when !fits(scalar, value) -> new Misfit(path, predicate(scalar));
            default -> null;
        };
    }

    private static @Nullable Misfit inList(GraphQLType type, Object value, String path) {
        if (!(value instanceof List<?> values)) {
            return misfit(type, value, path);
        }
        for (int i = 0; i < values.size(); i++) {
            Misfit misfit = misfit(type, values.get(i), path + "[" + i + "]");
            if (misfit != null) {
                return misfit;
            }
        }
        return null;
    }

    private static @Nullable Misfit inObject(GraphQLInputObjectType type, Object value, String path) {
        if (!(value instanceof Map<?, ?> fields)) {
            return new Misfit(path, "must be an object.");
        }
        for (Object name : fields.keySet()) {
            if (type.getField(name.toString()) == null) {
                return new Misfit(path + "." + name, "is not a field of this type.");
            }
        }
        for (GraphQLInputObjectField field : type.getFields()) {
            String there = path + "." + field.getName();
            Misfit misfit = fields.containsKey(field.getName())
                    ? misfit(field.getType(), fields.get(field.getName()), there)
                    : absent(field, there);
            if (misfit != null) {
                return misfit;
            }
        }
        return null;
    }

    private static @Nullable Misfit absent(GraphQLInputObjectField field, String path) {
        boolean required = field.getType() instanceof GraphQLNonNull && !field.hasSetDefaultValue();
        return required ? new Misfit(path, "is required.") : null;
    }

    private static boolean isOneOf(GraphQLEnumType choices, Object value) {
        return value instanceof String name && choices.getValue(name) != null;
    }

    private static boolean fits(GraphQLScalarType scalar, Object value) {
        try {
            scalar.getCoercing().parseValue(value, GraphQLContext.getDefault(), Locale.ENGLISH);
            return true;
        } catch (CoercingParseValueException unfit) {
            return false;
        }
    }

    /** The predicate of a message about a value that does not fit the type of this name. */
    static String predicate(GraphQLSchema schema, String type) {
        return schema.getType(type) instanceof GraphQLNamedType known
                ? predicate(known)
                : "must be a valid " + type + ".";
    }

    private static String predicate(GraphQLNamedType type) {
        if (type instanceof GraphQLEnumType choices) {
            return choices.getValues().stream()
                    .map(GraphQLEnumValueDefinition::getName)
                    .collect(Collectors.joining(", ", "must be one of ", "."));
        }
        return type.getName().equals(DateTimeScalar.TYPE.getName())
                ? DateTimeScalar.EXPECTED
                : "must be a valid " + type.getName() + ".";
    }
}
