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
 * What a computed value is remembered under: everything that it can depend on. Never the selection set: it is remembered whole.
 *
 * @param viewer null: it is shared within the tenant
 * @param parent the entity that the field is of, null for a field of {@code Query}
 * @param arguments as they are after coercion; what is null, absent or the default is left out
 */
public record ComputedKey(
        String field,
        String tenant,
        @Nullable Viewer viewer,
        @Nullable EntityRef parent,
        Map<String, Object> arguments) {

    /** Of a resolution; null if the field is of something that has no key. */
    static @Nullable ComputedKey of(CachePolicy policy, DataFetchingEnvironment environment) {
        Object source = environment.getSource();
        if (source != null && !(source instanceof Entity)) {
            return null;
        }
        Viewer viewer = Objects.requireNonNull(environment.getGraphQlContext().<Viewer>get("viewer"));
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

    /** What is left of a field's arguments as they are after coercion. */
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
