package dev.towline.cache;

import dev.towline.store.Entity;
import dev.towline.store.EntityRef;
import dev.towline.viewer.Viewer;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.InputValueWithState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The key of a computed value. It has everything that the value depends on, but not the selection set, because the whole value is cached.
 *
 * @param viewer the viewer of a private value; null for a value that the tenant shares
 * @param parent the entity that has the field; null for a field of {@code Query}
 * @param arguments the coerced arguments, without those that are null or have their default
 */
public record ComputedKey(
        String field,
        String tenant,
        @Nullable Viewer viewer,
        @Nullable EntityRef parent,
        Map<String, Object> arguments) {

    /** The key for a field that is being resolved; null if its parent is not an entity. */
    static @Nullable ComputedKey of(CachePolicy policy, DataFetchingEnvironment environment) {
        Object source = environment.getSource();
        if (source != null && !(source instanceof Entity)) {
            return null;
        }
        Viewer viewer = Objects.requireNonNull(environment.getGraphQlContext().<Viewer>get(Viewer.CONTEXT_KEY));
        return new ComputedKey(
                policy.field(),
                viewer.tenant().name(),
                policy.scope() == CacheScope.PRIVATE ? viewer : null,
                source instanceof Entity entity ? entity.key().ref() : null,
                arguments(environment));
    }

    private static Map<String, Object> arguments(DataFetchingEnvironment environment) {
        return arguments(environment.getArguments(), environment.getFieldDefinition());
    }

    /** The coerced arguments of a field, without those that are null or have their default. */
    public static Map<String, Object> arguments(
            Map<String, ? extends @Nullable Object> coerced, GraphQLFieldDefinition field) {
        Map<String, Object> arguments = withoutNulls(coerced);
        for (GraphQLArgument argument : field.getArguments()) {
            InputValueWithState defaultValue = argument.getArgumentDefaultValue();
            Object given = arguments.get(argument.getName());
            if (given != null && defaultValue.isSet() && isDefault(argument, given)) {
                arguments.remove(argument.getName());
            }
        }
        return arguments;
    }

    private static boolean isDefault(GraphQLArgument argument, Object given) {
        return given.equals(GraphQLArgument.getArgumentDefaultValue(argument));
    }

    private static Map<String, Object> withoutNulls(Map<?, ? extends @Nullable Object> values) {
        Map<String, Object> some = HashMap.newHashMap(values.size());
        values.forEach((name, value) -> {
            if (value != null) {
                some.put(String.valueOf(name), normal(value));
            }
        });
        return some;
    }

    private static Object normal(Object value) {
        if (value instanceof Map<?, ?> map) {
            return withoutNulls(map);
        }
        return value instanceof List<?> list
                ? list.stream().map(ComputedKey::normal).toList()
                : value;
    }
}
