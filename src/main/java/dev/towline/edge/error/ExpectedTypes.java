package dev.towline.edge.error;

import dev.towline.edge.scalar.DateTimeScalar;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLEnumValueDefinition;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import java.util.stream.Collectors;

/** What a value of a type looks like, for somebody who gave one that is not. */
final class ExpectedTypes {

    private ExpectedTypes() {}

    /** The sentence about the type of that name. */
    static String sentence(GraphQLSchema schema, String type) {
        return schema.getType(type) instanceof GraphQLNamedType known
                ? sentence(known)
                : "It is not a valid " + type + ".";
    }

    static String sentence(GraphQLNamedType type) {
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
