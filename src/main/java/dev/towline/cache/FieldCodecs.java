package dev.towline.cache;

import dev.towline.store.ComputedValueCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/** Which codec the values of a field have, by the type that its resolver returns; known once the schema is built. Thread-safe. */
public final class FieldCodecs {

    private final List<ComputedValueCodec> codecs;
    private final Map<String, ComputedValueCodec> byField = new ConcurrentHashMap<>();

    FieldCodecs(List<ComputedValueCodec> codecs) {
        this.codecs = List.copyOf(codecs);
    }

    /** Notes a field with a computed value; its resolver returns the value, or a future of it. */
    void add(String field, ResolvableType returned) {
        Class<?> type = (returned.hasGenerics() ? returned.getGeneric() : returned).resolve(Object.class);
        codecs.stream()
                .filter(codec -> codec.type().equals(type))
                .findFirst()
                .ifPresent(codec -> byField.put(field, codec));
    }

    /** With these fields. */
    public static FieldCodecs of(Map<String, ComputedValueCodec> codecs) {
        FieldCodecs known = new FieldCodecs(List.copyOf(codecs.values()));
        known.byField.putAll(codecs);
        return known;
    }

    /** The codec of the field's values, null if instances cannot share them. */
    public @Nullable ComputedValueCodec of(String field) {
        return byField.get(field);
    }

    /** The fields whose values instances can share, and the kind of the entities in them. */
    public Map<String, String> entities() {
        return byField.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().entity()));
    }
}
