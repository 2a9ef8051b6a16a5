package dev.towline.edge.scalar;

import graphql.GraphQLContext;
import graphql.Scalars;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The scalar {@code ID} of the specification: a variable is a string or an integer. The scalar of the library accepts any value. */
public final class IdScalar implements Coercing<Object, Object> {

    public static final GraphQLScalarType TYPE =
            Scalars.GraphQLID.transform(type -> type.coercing(new IdScalar(Scalars.GraphQLID.getCoercing())));

    private final Coercing<?, ?> lenient;

    private IdScalar(Coercing<?, ?> lenient) {
        this.lenient = lenient;
    }

    @Override
    public @Nullable Object serialize(Object result, GraphQLContext context, Locale locale) {
        return lenient.serialize(result, context, locale);
    }

    @Override
    public @Nullable Object parseValue(Object input, GraphQLContext context, Locale locale) {
        boolean whole = input instanceof Integer || input instanceof Long || input instanceof BigInteger;
        if (!whole && !(input instanceof String)) {
            throw new CoercingParseValueException("An ID must be a string or an integer.");
        }
        return lenient.parseValue(input, context, locale);
    }

    @Override
    public @Nullable Object parseLiteral(
            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        return lenient.parseLiteral(input, variables, context, locale);
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return lenient.valueToLiteral(input, context, locale);
    }
}
