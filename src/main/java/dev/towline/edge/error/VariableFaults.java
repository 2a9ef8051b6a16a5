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
 * Finds the variable that GraphQL would not take, down to the field at fault: it names the variable only, and an object's field without
 * the way to it. Follows the order in which GraphQL coerces.
 *
 * @see <a href="https://spec.graphql.org/September2025/#sec-Coercing-Variable-Values">Coercing Variable Values</a>
 */
final class VariableFaults {

    private static final Pattern NAMED = Pattern.compile("(?:[Aa]rgument|[Ff]ield|[Vv]ariable) '(\\w+)'");

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
            Fault fault = absent ? new Fault("", "It is required.") : fault(type, variables.get(name), "");
            if (fault != null) {
                return new Fault(VariableUses.argumentOf(name, input) + fault.argument(), fault.message());
            }
        }
        return new Fault(named(error), "It does not fit this argument.");
    }

    /** The argument that a sentence of GraphQL names, null if it names none. */
    private static @Nullable String named(GraphQLError error) {
        Matcher named = NAMED.matcher(String.valueOf(error.getMessage()));
        return named.find() ? named.group(1) : null;
    }

    private static @Nullable Fault fault(GraphQLType type, @Nullable Object value, String path) {
        if (type instanceof GraphQLNonNull needed) {
            return value == null
                    ? new Fault(path, "It must not be null.")
                    : fault(needed.getWrappedType(), value, path);
        }
        if (value == null) {
            return null;
        }
        return switch (type) {
            case GraphQLList list -> inList(list.getWrappedType(), value, path);
            case GraphQLInputObjectType object -> inObject(object, value, path);
            case GraphQLEnumType choices when !isOneOf(choices, value) -> new Fault(path, expected(choices));
            case GraphQLScalarType scalar when !fits(scalar, value) -> new Fault(path, expected(scalar));
            default -> null;
        };
    }

    private static @Nullable Fault inList(GraphQLType type, Object value, String path) {
        if (!(value instanceof List<?> values)) {
            return fault(type, value, path);
        }
        for (int i = 0; i < values.size(); i++) {
            Fault fault = fault(type, values.get(i), path + "[" + i + "]");
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable Fault inObject(GraphQLInputObjectType type, Object value, String path) {
        if (!(value instanceof Map<?, ?> fields)) {
            return new Fault(path, "It is an object.");
        }
        for (Object name : fields.keySet()) {
            if (type.getField(name.toString()) == null) {
                return new Fault(path + "." + name, "There is no such field.");
            }
        }
        for (GraphQLInputObjectField field : type.getFields()) {
            String there = path + "." + field.getName();
            Fault fault = fields.containsKey(field.getName())
                    ? fault(field.getType(), fields.get(field.getName()), there)
                    : absent(field, there);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    private static @Nullable Fault absent(GraphQLInputObjectField field, String path) {
        boolean required = field.getType() instanceof GraphQLNonNull && !field.hasSetDefaultValue();
        return required ? new Fault(path, "It is required.") : null;
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

    /** A sentence about the values that the type of this name has. */
    static String expected(GraphQLSchema schema, String type) {
        return schema.getType(type) instanceof GraphQLNamedType known
                ? expected(known)
                : "It is not a valid " + type + ".";
    }

    private static String expected(GraphQLNamedType type) {
        if (type instanceof GraphQLEnumType choices) {
            return choices.getValues().stream()
                    .map(GraphQLEnumValueDefinition::getName)
                    .collect(Collectors.joining(", ", "It is one of ", "."));
        }
        return type.getName().equals(DateTimeScalar.TYPE.getName())
                ? DateTimeScalar.EXPECTED
                : "It is not a valid " + type.getName() + ".";
    }
}
