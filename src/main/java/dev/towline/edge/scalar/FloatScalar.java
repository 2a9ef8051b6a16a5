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
 * {@code Float} as the library has it, except that an argument which DynamoDB would round to zero is zero from the start: else what is
 * stored would differ from what was checked and answered. So is minus zero.
 */
public final class FloatScalar implements Coercing<Object, Object> {

    public static final GraphQLScalarType TYPE =
            Scalars.GraphQLFloat.transform(type -> type.coercing(new FloatScalar(Scalars.GraphQLFloat.getCoercing())));

    /** Closer to zero than this DynamoDB holds no number. */
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
