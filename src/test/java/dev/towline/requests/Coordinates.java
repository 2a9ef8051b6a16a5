package dev.towline.requests;

import graphql.introspection.Introspection;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLTypeUtil;
import java.util.stream.Stream;

/** What a schema consists of, each part by its coordinate such as {@code Query.getVendor(id:)}. */
final class Coordinates {

    private Coordinates() {}

    /** All fields, arguments, input fields and values of enums, without GraphQL's own. */
    static Stream<String> of(GraphQLSchema schema) {
        return schema.getAllTypesAsList().stream()
                .filter(type -> !Introspection.isIntrospectionTypes(type))
                .flatMap(Coordinates::of);
    }

    private static Stream<String> of(GraphQLNamedType type) {
        String at = type.getName() + ".";
        return switch (type) {
            case GraphQLFieldsContainer fields ->
                fields.getFieldDefinitions().stream()
                        .flatMap(field -> Stream.concat(
                                Stream.of(at + field.getName()),
                                field.getArguments().stream().map(argument -> of(fields, field, argument))));
            case GraphQLInputObjectType input -> input.getFields().stream().map(field -> at + field.getName());
            case GraphQLEnumType choices -> choices.getValues().stream().map(value -> at + value.getName());
            default -> Stream.empty();
        };
    }

    /** The names of the fields of that type. */
    static Stream<String> fieldsOf(GraphQLSchema schema, GraphQLNamedType type) {
        return schema.getAllTypesAsList().stream()
                .filter(GraphQLFieldsContainer.class::isInstance)
                .flatMap(owner -> ((GraphQLFieldsContainer) owner).getFieldDefinitions().stream())
                .filter(field -> GraphQLTypeUtil.unwrapAll(field.getType()).equals(type))
                .map(GraphQLFieldDefinition::getName);
    }

    static String of(GraphQLFieldsContainer owner, GraphQLFieldDefinition field, GraphQLArgument argument) {
        return owner.getName() + "." + field.getName() + "(" + argument.getName() + ":)";
    }
}
