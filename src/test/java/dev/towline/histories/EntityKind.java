package dev.towline.histories;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of entities that clients read and write. Everything about one stands here: how answers and requests name it, the query by its
 * id, and what every request selects of it.
 */
enum EntityKind {
    VENDOR("Vendor", "vendor", "getVendor", Selections.VENDOR),
    INCIDENT("Incident", "incident", "getIncident", Selections.INCIDENT),
    SESSION("TrackingSession", "session", "getTrackingSession", Selections.SESSION);

    private final String type;
    private final String prefix;
    private final String query;
    private final String selection;

    EntityKind(String type, String prefix, String query, String selection) {
        this.type = type;
        this.prefix = prefix;
        this.query = query;
        this.selection = selection;
    }

    /** The kind of that {@code __typename}; empty if it is no entity. */
    static Optional<EntityKind> ofType(String type) {
        return Arrays.stream(values()).filter(kind -> kind.type.equals(type)).findFirst();
    }

    /** The name of the kind in {@code X-Towline-Seen}, such as {@code vendor}. */
    String prefix() {
        return prefix;
    }

    /** The name of one entity in {@code X-Towline-Seen}, such as {@code vendor:v1}. */
    String name(String id) {
        return prefix + ':' + id;
    }

    /** The selection of the fields that rules compare. */
    String selection() {
        return selection;
    }

    /** The query of one entity. */
    Request byId(String id) {
        return Request.byId(query, name(id), id, selection);
    }

    /** The query of the entity with that {@link #name}. */
    static Request byName(String entity) {
        String[] parts = entity.split(":", 2);
        return Arrays.stream(values())
                .filter(kind -> kind.prefix.equals(parts[0]))
                .findFirst()
                .orElseThrow()
                .byId(parts[1]);
    }

    private static final class Selections {

        static final String VENDOR = "{ __typename id version name availability updatedAt }";
        static final String INCIDENT = "{ __typename id version status updatedAt activeSession { __typename id version"
                + " status sequence vendor " + VENDOR + " } }";
        static final String SESSION = "{ __typename id version sequence status updatedAt"
                + " currentLocation { latitude recordedAt } vendor " + VENDOR
                + " incident { __typename id version status updatedAt } }";

        private Selections() {}
    }
}
