package dev.towline.cache;

import dev.towline.store.ComputedValueCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * The codecs of fields with computed values, by the return types of their resolvers. They are known after the schema is built. Thread-safe.
 */
public final class FieldCodecs {

    private final List<ComputedValueCodec> codecs;
    private final Map<String, ComputedValueCodec> byField = new ConcurrentHashMap<>();

    FieldCodecs(List<ComputedValueCodec> codecs) {
        this.codecs = List.copyOf(codecs);
    }

    /**
     * Adds a field with a computed value.
     *
     * @param returned the return type of its resolver: the type of the value, or a future of it
     */
    void add(String field, ResolvableType returned) {
        Class<?> type = (returned.hasGenerics() ? returned.getGeneric() : returned).resolve(Object.class);
        codecs.stream()
                .filter(codec -> codec.type().equals(type))
                .findFirst()
                .ifPresent(codec -> byField.put(field, codec));
    }

    /** Codecs for these fields. */
    public static FieldCodecs of(Map<String, ComputedValueCodec> codecs) {
        FieldCodecs result = new FieldCodecs(List.copyOf(codecs.values()));
        result.byField.putAll(codecs);
        return result;
    }

    /** The codec for the values of a field, null if instances cannot share them. */
    public @Nullable ComputedValueCodec of(String field) {
        return byField.get(field);
    }

    /** The fields with values that instances can share, and the kind of the entities in the values. */
    public Map<String, String> entities() {
        return byField.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().entity()));
    }
}
