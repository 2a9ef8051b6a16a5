package dev.towline.cache.eviction;

import dev.towline.problem.BadInput;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants to be forgotten: exactly one of entity, field and all.
 *
 * @param entity such as {@code vendor:v7}, or {@code vendor} for all of them
 * @param field as {@code Type.field}
 * @param arguments those that an entry was made with, among others; beside a field only
 * @param all everything
 */
public record EvictCacheInput(
        @Nullable String entity,
        @Nullable String field,
        @Nullable Map<String, @Nullable Object> arguments,
        boolean all) {

    /**
     * Checks that exactly one of the three is given.
     *
     * @throws BadInput if it is not exactly one of the three
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

    /** Of what a caller sent. */
    public static EvictCacheInput of(Map<String, ? extends @Nullable Object> values) {
        return new EvictCacheInput(
                (String) values.get("entity"),
                (String) values.get("field"),
                object(values.get("arguments")),
                Boolean.TRUE.equals(values.get("all")));
    }

    /** In a few words, for the log. */
    String summary() {
        if (all) {
            return "everything";
        }
        return entity != null ? "entity " + entity : "field " + field + (arguments == null ? "" : " with " + arguments);
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
