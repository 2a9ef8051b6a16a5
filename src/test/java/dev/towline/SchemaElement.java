package dev.towline;

import graphql.Directives;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLDirective;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedSchemaElement;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.idl.ScalarInfo;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something in a schema that a person may look up.
 *
 * @param coordinate where it stands, such as {@code Query.getVendor(id:)}
 * @param name by itself
 * @param description empty if it has none
 * @param type of its value, null where it has none
 */
record SchemaElement(
        String coordinate,
        String name,
        String description,
        @Nullable GraphQLType type) {

    private static final Set<String> NUMBERS = Set.of("Int", "Float");

    /** Everything in a schema that is not GraphQL's own. */
    static Stream<SchemaElement> of(GraphQLSchema schema) {
        Stream<SchemaElement> types = schema.getAllTypesAsList().stream()
                .filter(type -> !type.getName().startsWith("__"))
                .filter(type -> !ScalarInfo.isGraphqlSpecifiedScalar(type.getName()))
                .flatMap(SchemaElement::of);
        Stream<SchemaElement> directives = schema.getDirectives().stream()
                .filter(directive -> !Directives.isBuiltInDirective(directive))
                .flatMap(SchemaElement::of);
        return Stream.concat(types, directives);
    }

    boolean isDescribed() {
        return !description.isBlank();
    }

    boolean isNumber() {
        return type != null && NUMBERS.contains(GraphQLTypeUtil.unwrapAll(type).getName());
    }

    private static Stream<SchemaElement> of(GraphQLNamedType type) {
        String at = type.getName() + ".";
        Stream<SchemaElement> parts = switch (type) {
            case GraphQLFieldsContainer fields ->
                fields.getFieldDefinitions().stream().flatMap(field -> of(at, field));
            case GraphQLInputObjectType input ->
                input.getFields().stream().map(field -> of(at, field, field.getType()));
            case GraphQLEnumType values -> values.getValues().stream().map(value -> of(at, value, null));
            default -> Stream.empty();
        };
        return Stream.concat(Stream.of(of("", type, null)), parts);
    }

    private static Stream<SchemaElement> of(String at, GraphQLFieldDefinition field) {
        return Stream.concat(
                Stream.of(of(at, field, field.getType())),
                field.getArguments().stream().map(argument -> of(at + field.getName(), argument)));
    }

    private static Stream<SchemaElement> of(GraphQLDirective directive) {
        return Stream.concat(
                Stream.of(of("@", directive, null)),
                directive.getArguments().stream().map(argument -> of("@" + directive.getName(), argument)));
    }

    private static SchemaElement of(String owner, GraphQLArgument argument) {
        return new SchemaElement(
                owner + "(" + argument.getName() + ":)",
                argument.getName(),
                text(argument.getDescription()),
                argument.getType());
    }

    private static SchemaElement of(String at, GraphQLNamedSchemaElement element, @Nullable GraphQLType type) {
        return new SchemaElement(at + element.getName(), element.getName(), text(element.getDescription()), type);
    }

    private static String text(@Nullable String description) {
        return description == null ? "" : description;
    }
}
