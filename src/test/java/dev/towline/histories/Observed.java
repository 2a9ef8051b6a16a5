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
 * @param fields its scalar fields in the answer, by name, without those that do not change with the version
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

    private static Map<String, String> scalars(JsonNode node) {
        Map<String, String> scalars = new TreeMap<>();
        node.properties().forEach(field -> {
            if (field.getValue().isValueNode()) {
                scalars.put(field.getKey(), field.getValue().asString(""));
            }
        });
        return Map.copyOf(scalars);
    }
}
