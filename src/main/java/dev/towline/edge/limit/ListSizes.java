package dev.towline.edge.limit;

import dev.towline.paging.PageRequest;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Field;
import graphql.language.IntValue;
import graphql.language.ObjectValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The sizes of lists, as far as the arguments of a field tell. */
final class ListSizes {

    /** The size of a list about which the arguments say nothing. */
    static final int ASSUMED = 10;

    /** The argument that says how many edges a connection has at most. */
    private static final String FIRST = "first";

    private static final int NO_LIST = -1;

    private ListSizes() {}

    /** The cost of the lists in an object, such as the edges of a connection: as many as the field asks for. */
    static CostPlan inObject(Field field, GraphQLFieldDefinition definition, CostPlan each) {
        GraphQLArgument first = definition.getArgument(FIRST);
        if (first == null) {
            return each.times(ASSUMED);
        }
        int absent = GraphQLArgument.getArgumentDefaultValue(first) instanceof Integer number
                ? number
                : PageRequest.MAX_FIRST;
        return switch (given(field)) {
            case IntValue number -> each.times(page(number.getValue()));
            case VariableReference variable ->
                each.times((Map<String, ? extends @Nullable Object> variables) ->
                        variables.get(variable.getName()) instanceof Integer number
                                ? page(BigInteger.valueOf(number))
                                : absent);
            case null, default -> each.times(absent);
        };
    }

    /** The cost of a list that has arguments: as many elements as the longest list among them, such as {@code ids}. */
    static CostPlan ofArguments(Field field, CostPlan each) {
        List<Argument> arguments = field.getArguments();
        return each.times((Map<String, ? extends @Nullable Object> variables) -> {
            int longest = arguments.stream()
                    .mapToInt(argument -> longest(argument.getValue(), variables))
                    .max()
                    .orElse(NO_LIST);
            return longest == NO_LIST ? ASSUMED : longest;
        });
    }

    private static @Nullable Value<?> given(Field field) {
        for (Argument argument : field.getArguments()) {
            if (argument.getName().equals(FIRST)) {
                return argument.getValue();
            }
        }
        return null;
    }

    /** The size of a page. The resolver rejects other values, with a message of its own. */
    private static int page(BigInteger first) {
        return first.max(BigInteger.ZERO)
                .min(BigInteger.valueOf(PageRequest.MAX_FIRST))
                .intValueExact();
    }

    private static int longest(Value<?> argument, Map<String, ? extends @Nullable Object> variables) {
        return switch (argument) {
            case ArrayValue list -> list.getValues().size();
            case ObjectValue object ->
                object.getObjectFields().stream()
                        .mapToInt(field -> longest(field.getValue(), variables))
                        .max()
                        .orElse(NO_LIST);
            case VariableReference variable -> longest(variables.get(variable.getName()));
            default -> NO_LIST;
        };
    }

    private static int longest(@Nullable Object value) {
        return switch (value) {
            case Collection<?> list -> list.size();
            case Map<?, ?> object ->
                object.values().stream().mapToInt(ListSizes::longest).max().orElse(NO_LIST);
            case null, default -> NO_LIST;
        };
    }
}
