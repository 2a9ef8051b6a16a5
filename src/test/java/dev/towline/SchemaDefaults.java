package dev.towline;

import graphql.language.ArrayValue;
import graphql.language.NullValue;
import graphql.language.ObjectValue;
import graphql.language.Value;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLList;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLNonNull;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.InputValueWithState;
import java.util.Objects;
import java.util.stream.Stream;

/** The defaults of arguments and input fields, as they are written in the schema. */
final class SchemaDefaults {

    private SchemaDefaults() {}

    /**
     * A literal within a default.
     *
     * @param coordinate what has the default, such as {@code Query.getVendor(id:)}
     */
    record Literal(String coordinate, Value<?> value) {}

    /** All literals that stand for a {@code Float}, also within lists and objects; null is none. */
    static Stream<Literal> ofFloats(GraphQLSchema schema) {
        Stream<Literal> directives = schema.getDirectives().stream()
                .flatMap(directive -> ofArguments("@" + directive.getName(), directive.getArguments().stream()));
        return Stream.concat(directives, schema.getAllTypesAsList().stream().flatMap(SchemaDefaults::ofType));
    }

    private static Stream<Literal> ofType(GraphQLNamedType type) {
        String at = type.getName() + ".";
        return switch (type) {
            case GraphQLFieldsContainer fields ->
                fields.getFieldDefinitions().stream()
                        .flatMap(field -> ofArguments(at + field.getName(), field.getArguments().stream()));
            case GraphQLInputObjectType input ->
                input.getFields().stream()
                        .flatMap(field -> of(at + field.getName(), field.getType(), field.getInputFieldDefaultValue()));
            default -> Stream.empty();
        };
    }

    private static Stream<Literal> ofArguments(String owner, Stream<GraphQLArgument> arguments) {
        return arguments.flatMap(argument ->
                of(owner + "(" + argument.getName() + ":)", argument.getType(), argument.getArgumentDefaultValue()));
    }

    private static Stream<Literal> of(String coordinate, GraphQLType type, InputValueWithState written) {
        return written.isLiteral()
                ? in(coordinate, type, (Value<?>) Objects.requireNonNull(written.getValue()))
                : Stream.empty();
    }

    private static Stream<Literal> in(String coordinate, GraphQLType type, Value<?> value) {
        return switch (type) {
            case GraphQLNonNull needed -> in(coordinate, needed.getWrappedType(), value);
            case GraphQLList list
            when value instanceof ArrayValue values ->
                values.getValues().stream().flatMap(each -> in(coordinate, list.getWrappedType(), each));
            case GraphQLList list -> in(coordinate, list.getWrappedType(), value);
            case GraphQLInputObjectType input
            when value instanceof ObjectValue object ->
                object.getObjectFields().stream().flatMap(field -> {
                    GraphQLInputObjectField declared = Objects.requireNonNull(input.getField(field.getName()));
                    return in(coordinate, declared.getType(), field.getValue());
                });
            case GraphQLNamedType scalar
            when scalar.getName().equals("Float") && !(value instanceof NullValue) ->
                Stream.of(new Literal(coordinate, value));
            default -> Stream.empty();
        };
    }
}
