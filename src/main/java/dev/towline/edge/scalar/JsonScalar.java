package dev.towline.edge.scalar;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.GraphQLScalarType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The scalar {@code JSON}: any value. An object is a map, and an array is a list. */
public final class JsonScalar implements Coercing<Object, Object> {

    public static final GraphQLScalarType TYPE = GraphQLScalarType.newScalar()
            .name("JSON")
            .coercing(new JsonScalar())
            .build();

    @Override
    public Object serialize(Object result, GraphQLContext context, Locale locale) {
        return result;
    }

    @Override
    public Object parseValue(Object input, GraphQLContext context, Locale locale) {
        return input;
    }

    @Override
    public @Nullable Object parseLiteral(
            Value<?> input, CoercedVariables variables, GraphQLContext context, Locale locale) {
        return switch (input) {
            case ObjectValue object -> {
                Map<String, @Nullable Object> values = new LinkedHashMap<>();
                for (ObjectField field : object.getObjectFields()) {
                    values.put(field.getName(), parseLiteral(field.getValue(), variables, context, locale));
                }
                yield values;
            }
            case ArrayValue array -> {
                List<@Nullable Object> values = new ArrayList<>();
                array.getValues().forEach(each -> values.add(parseLiteral(each, variables, context, locale)));
                yield values;
            }
            case StringValue text -> text.getValue();
            case IntValue number -> number.getValue();
            case FloatValue number -> number.getValue();
            case BooleanValue truth -> truth.isValue();
            case VariableReference variable -> variables.get(variable.getName());
            case NullValue _ -> null;
            case EnumValue _ ->
                throw new CoercingParseLiteralException("JSON must not contain names without quotation marks.");
            default -> throw new CoercingParseLiteralException("The value must be JSON.");
        };
    }

    @Override
    public Value<?> valueToLiteral(Object input, GraphQLContext context, Locale locale) {
        return switch (input) {
            case Map<?, ?> map -> {
                ObjectValue.Builder object = ObjectValue.newObjectValue();
                map.forEach((name, value) ->
                        object.objectField(new ObjectField(String.valueOf(name), literal(value, context, locale))));
                yield object.build();
            }
            case List<?> list -> {
                ArrayValue.Builder array = ArrayValue.newArrayValue();
                list.forEach(each -> array.value(literal(each, context, locale)));
                yield array.build();
            }
            case Boolean truth -> BooleanValue.of(truth);
            case Integer number -> IntValue.of(number);
            case Number number -> FloatValue.of(number.doubleValue());
            default -> StringValue.of(input.toString());
        };
    }

    private Value<?> literal(@Nullable Object value, GraphQLContext context, Locale locale) {
        return value == null ? NullValue.of() : valueToLiteral(value, context, locale);
    }
}
