package dev.towline.histories;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A version of an entity in an answer.
 *
 * @param entity as {@code X-Towline-Seen} names it, such as {@code vendor:v1}
 * @param fields its scalar fields in the answer, by name or path, without those that do not change with the version
 */
record Observed(String entity, int version, Map<String, String> fields) {

    /** Of an entity that an answer shows to be absent. The versions of those that exist begin at 1. */
    static final int ABSENT = 0;

    /** Says that there is no such entity. */
    static Observed absent(String entity) {
        return new Observed(entity, ABSENT, Map.of());
    }

    boolean isAbsent() {
        return version == ABSENT;
    }

    /** Every entity of an answer that was asked for its {@code __typename}, {@code id} and {@code version}, the outermost first. */
    static List<Observed> in(JsonNode answer) {
        List<Observed> found = new ArrayList<>();
        collect(answer, found);
        return List.copyOf(found);
    }

    private static void collect(JsonNode node, List<Observed> found) {
        if (node.path("version").isInt()) {
            EntityKind.ofType(node.path("__typename").asString(""))
                    .ifPresent(kind -> found.add(new Observed(
                            kind.name(node.path("id").asString()),
                            node.path("version").asInt(),
                            scalars(node))));
        }
        node.forEach(each -> collect(each, found));
    }

    /** With those of the objects in it that are no entities, such as {@code currentLocation.latitude}. */
    private static Map<String, String> scalars(JsonNode node) {
        Map<String, String> scalars = new TreeMap<>();
        collect(node, "", scalars);
        return Map.copyOf(scalars);
    }

    private static void collect(JsonNode node, String prefix, Map<String, String> scalars) {
        node.properties().forEach(field -> {
            JsonNode value = field.getValue();
            if (value.isValueNode()) {
                scalars.put(prefix + field.getKey(), value.asString(""));
            } else if (value.isObject() && !value.has("__typename")) {
                collect(value, prefix + field.getKey() + '.', scalars);
            }
        });
    }
}
