package dev.towline.edge.scalar;

import graphql.GraphQLContext;
import graphql.Scalars;
import graphql.execution.CoercedVariables;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.GraphQLScalarType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The scalar {@code Float} of the library. It also rounds an argument to zero that DynamoDB would round to zero, and minus zero, so that
 * the stored value is equal to the validated value and the answer.
 */
public final class FloatScalar implements Coercing<Object, Object> {

    public static final GraphQLScalarType TYPE =
            Scalars.GraphQLFloat.transform(type -> type.coercing(new FloatScalar(Scalars.GraphQLFloat.getCoercing())));

    /** The smallest positive number of DynamoDB. */
    private static final double SMALLEST = 1e-130;

    private final Coercing<?, ?> coercing;

    private FloatScalar(Coercing<?, ?> coercing) {
        this.coercing = coercing;
    }

    @Override
    public @Nullable Object serialize(Object result, GraphQLContext context, Locale locale) {
        return coercing.serialize(result, context, locale);
    }

    @Override
    public @Nullable Object parseValue(Object input, GraphQLContext context, Locale locale) {
        return rounded(coercing.parseValue(input, context, locale));
    }

    @Override
    public @Nullable Object parseLiteral(
            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        return rounded(coercing.parseLiteral(input, variables, context, locale));
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return coercing.valueToLiteral(input, context, locale);
    }

    private static @Nullable Object rounded(@Nullable Object number) {
        return number instanceof Double value && Math.abs(value) < SMALLEST ? (Object) 0.0 : number;
    }
}
