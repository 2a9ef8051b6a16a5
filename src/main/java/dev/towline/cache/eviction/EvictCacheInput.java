package dev.towline.cache.eviction;

import dev.towline.problem.BadInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries that an operator wants to evict. Exactly one of entity, field and all is given.
 *
 * @param entity one entity such as {@code vendor:v7}, or a kind such as {@code vendor}
 * @param field the field as {@code Type.field}
 * @param arguments arguments of the field, null for all entries of the field. An entry may have more arguments
 * @param all whether to evict all entries of the tenant
 */
public record EvictCacheInput(
        @Nullable String entity,
        @Nullable String field,
        @Nullable Map<String, @Nullable Object> arguments,
        boolean all) {

    /**
     * Checks the combination of the components.
     *
     * @throws BadInput if not exactly one of the three is given, or arguments without a field
     */
    public EvictCacheInput {
        if (Stream.of(entity != null, field != null, all).noneMatch(given -> given)) {
            throw new BadInput("input", "must have `entity`, `field` or `all: true`.");
        }
        if (all && (entity != null || field != null)) {
            throw new BadInput("input.all", "must not be true together with `entity` or `field`.");
        }
        if (entity != null && field != null) {
            throw new BadInput("input.field", "must not be given together with `entity`.");
        }
        if (arguments != null && field == null) {
            throw new BadInput("input.arguments", "must be given together with `field`.");
        }
    }

    /** Converts the input argument of a request. */
    public static EvictCacheInput of(Map<String, ? extends @Nullable Object> values) {
        return new EvictCacheInput(
                (String) values.get("entity"),
                (String) values.get("field"),
                object(values.get("arguments")),
                Boolean.TRUE.equals(values.get("all")));
    }

    /** A short description for the log: without the values of arguments, which may be positions. */
    String summary() {
        if (all) {
            return "everything";
        }
        return entity != null
                ? "entity " + entity
                : "field " + field + (arguments == null ? "" : " by " + String.join(", ", arguments.keySet()));
    }

    private static @Nullable Map<String, @Nullable Object> object(@Nullable Object given) {
        if (given == null) {
            return null;
        }
        if (!(given instanceof Map<?, ?> map)) {
            throw new BadInput("input.arguments", "must be an object such as {\"id\": \"v7\"}.");
        }
        Map<String, @Nullable Object> arguments = new LinkedHashMap<>();
        map.forEach((name, value) -> arguments.put(String.valueOf(name), value));
        return arguments;
    }
}
