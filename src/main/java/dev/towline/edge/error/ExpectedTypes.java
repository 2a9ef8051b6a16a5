package dev.towline.edge.error;

import dev.towline.edge.scalar.DateTimeScalar;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import java.util.stream.Collectors;

/** The predicates of messages about a value of the wrong type. */
final class ExpectedTypes {

    private ExpectedTypes() {}

    /** The predicate for the type of that name. */
    static String predicate(GraphQLSchema schema, String type) {
        return schema.getType(type) instanceof GraphQLNamedType known
                ? predicate(known)
                : "must be a valid " + type + ".";
    }

    static String predicate(GraphQLNamedType type) {
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
