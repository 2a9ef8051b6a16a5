package dev.towline.requests;

import dev.towline.scenarios.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Reads all that a tenant has, and notes what can be named of it. Blocking, for one thread.
 *
 * @param vendors the version of every vendor of a tenant by id, which no query lists
 */
record Stored(Caller caller, Known known, Function<String, Map<String, Integer>> vendors) {

    /** Before the id of a session, for its trail. */
    static final String TRAIL = "trail:";

    private static final String READ = """
        query($incidents: String, $sessions: String, $trails: Boolean!) {
          listIncidents(first: 100, after: $incidents) {
            edges { cursor node { id version status } } pageInfo { hasNextPage endCursor } }
          listTrackingSessions(first: 20, after: $sessions) {
            edges { cursor node { id version status
              trail @include(if: $trails) { edges { cursor node { recordedAt } } pageInfo { endCursor } } } }
            pageInfo { hasNextPage endCursor } } }\
        """;

    /** The version of each entity, by names such as {@code vendor:v7}; of trails something that is different where they are. */
    Map<String, Integer> read(boolean trails) {
        Map<String, Integer> read = new TreeMap<>();
        Map<String, List<String>> found =
                new HashMap<>(Map.of("reported", new ArrayList<>(), "active", new ArrayList<>()));
        Map<String, Object> page = new HashMap<>(Map.of("trails", trails));
        boolean more = true;
        while (more) {
            JsonNode data = caller.ask(READ, page).data();
            note("incident", data.path("listIncidents"), read, found);
            note("session", data.path("listTrackingSessions"), read, found);
            add(found, "listIncidents", texts(data, "/listIncidents/edges", "/cursor"));
            add(found, "listTrackingSessions", texts(data, "/listTrackingSessions/edges", "/cursor"));
            boolean moreIncidents = next(data.path("listIncidents"), "incidents", page);
            more = next(data.path("listTrackingSessions"), "sessions", page) || moreIncidents;
        }
        Map<String, Integer> ofVendors = vendors.apply(known.tenant());
        add(found, "vendor", ofVendors.keySet().stream().sorted().toList());
        ofVendors.forEach((id, version) -> read.put("vendor:" + id, version));
        add(
                found,
                "seen",
                read.entrySet().stream()
                        .filter(each -> !each.getKey().startsWith(TRAIL))
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .toList());
        found.forEach(known::learn);
        return read;
    }

    private static void note(String kind, JsonNode list, Map<String, Integer> read, Map<String, List<String>> found) {
        for (JsonNode node :
                list.path("edges").valueStream().map(edge -> edge.path("node")).toList()) {
            String id = node.path("id").asString();
            read.put(kind + ":" + id, node.path("version").asInt());
            add(found, kind, List.of(id));
            String status = node.path("status").asString();
            if (status.equals("REPORTED")) {
                add(found, "reported", List.of(id));
            }
            if (kind.equals("session") && !status.equals("COMPLETED") && !status.equals("CANCELLED")) {
                add(found, "active", List.of(id));
            }
            if (node.has("trail")) {
                read.put(TRAIL + id, node.path("trail").hashCode());
                add(found, "trail", texts(node, "/trail/edges", "/cursor"));
                add(found, "recordedAt", texts(node, "/trail/edges", "/node/recordedAt"));
            }
        }
    }

    private static boolean next(JsonNode list, String variable, Map<String, Object> page) {
        JsonNode end = list.at("/pageInfo/endCursor");
        if (end.isString()) {
            page.put(variable, end.asString());
        }
        return list.at("/pageInfo/hasNextPage").asBoolean(false);
    }

    private static void add(Map<String, List<String>> lists, String name, List<String> texts) {
        lists.computeIfAbsent(name, none -> new ArrayList<>()).addAll(texts);
    }

    static List<String> texts(JsonNode node, String list, String text) {
        return node.at(list).valueStream().map(each -> each.at(text).asString()).toList();
    }
}
