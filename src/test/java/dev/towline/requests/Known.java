package dev.towline.requests;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is known of a tenant, for requests to name: ids, cursors, versions, times. For one thread. */
final class Known {

    private static final List<String> LISTS =
            List.of("listIncidents", "listTrackingSessions", "trail", "searchVendorsNearby", "listJobs");
    private static final List<String> KINDS = List.of("incident", "session", "vendor");

    private final String tenant;
    private final Map<String, List<String>> texts = new HashMap<>(Map.of("ETag", List.of("\"none\"")));

    Known(String tenant) {
        this.tenant = tenant;
    }

    String tenant() {
        return tenant;
    }

    /** All that is known under that name: kinds of entities and their states for ids, fields for cursors. */
    List<String> of(String name) {
        return texts.getOrDefault(name, List.of());
    }

    /** Notes what is known under that name from now on. */
    void learn(String name, List<String> all) {
        texts.put(name, List.copyOf(all));
    }

    /** An id that suits this argument or input field; now and then another one. */
    String id(Chance chance, String where) {
        String kind = kind(where);
        String other = chance.of(KINDS);
        boolean changing = where.contains("Input.") || where.startsWith("Subscription.");
        int way = chance.below(100);
        List<String> choices = of(way >= 92 ? other : way < 80 && changing ? open(kind) : kind);
        String id = any(chance, choices.isEmpty() ? of(kind) : choices);
        return chance.percent(5) ? id + "x" : id;
    }

    /** A cursor that the list of this argument has given; now and then one of another list. */
    String cursor(Chance chance, String where) {
        String other = chance.of(LISTS);
        boolean own = chance.percent(90);
        return any(
                chance,
                of(LISTS.stream()
                        .filter(list -> own && where.contains(list))
                        .findFirst()
                        .orElse(other)));
    }

    /** What the holder of a share link presents. */
    String share(Chance chance) {
        return any(chance, of("share"));
    }

    /** What a client may have seen, as {@code X-Towline-Seen} has it. */
    String seen(Chance chance) {
        return any(chance, of("seen"));
    }

    /** When a location that is known was taken. */
    String recordedAt(Chance chance) {
        return any(chance, of("recordedAt"));
    }

    /** The {@code ETag} of an answer. */
    String entityTag(Chance chance) {
        return any(chance, of("ETag"));
    }

    /** With one draw in any case. */
    private static String any(Chance chance, List<String> choices) {
        return chance.of(choices.isEmpty() ? List.of("") : choices);
    }

    /** The state in which something can still be done. */
    private static String open(String kind) {
        return switch (kind) {
            case "incident" -> "reported";
            case "session" -> "active";
            case "link", "job", "upload" -> kind;
            default -> "available";
        };
    }

    private static String kind(String where) {
        String name = where.toLowerCase(Locale.ROOT);
        if (name.endsWith("incidentid") || name.contains("getincident.")) {
            return "incident";
        }
        if (name.endsWith("sharelinkid")) {
            return "link";
        }
        if (name.endsWith("jobid") || name.contains("getjob.")) {
            return "job";
        }
        if (name.endsWith("uploadid")) {
            return "upload";
        }
        return name.endsWith("vendorid") || name.contains("getvendor") ? "vendor" : "session";
    }
}
