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

    private static final Map<String, String> ENTITIES =
            Map.of("Vendor", "vendor", "Incident", "incident", "TrackingSession", "session");

    /** Every entity of an answer that was asked for its {@code __typename}, {@code id} and {@code version}, the outermost first. */
    static List<Observed> in(JsonNode answer) {
        List<Observed> found = new ArrayList<>();
        collect(answer, found);
        return List.copyOf(found);
    }

    private static void collect(JsonNode node, List<Observed> found) {
        String entity = ENTITIES.get(node.path("__typename").asString(""));
        if (entity != null && node.path("version").isInt()) {
            found.add(new Observed(name(entity, node), node.path("version").asInt(), scalars(node)));
        }
        node.forEach(each -> collect(each, found));
    }

    private static String name(String entity, JsonNode node) {
        return entity + ':' + node.path("id").asString();
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
