package dev.towline.incident;

import dev.towline.geo.GeoPoint;
import dev.towline.paging.Connection;
import dev.towline.paging.PageRequest;
import dev.towline.problem.NotFound;
import dev.towline.problem.Require;
import dev.towline.store.ClientTokens;
import dev.towline.store.ClientTokens.Call;
import dev.towline.store.ClientTokens.Creation;
import dev.towline.store.Index;
import dev.towline.store.IndexedList;
import dev.towline.store.Revision;
import dev.towline.store.SortKey;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.Write;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The stored incidents. Blocking, thread-safe. */
@Component
public final class Incidents {

    private static final Index<Incident> BY_TENANT = new Index<>("byTenant", i -> "", Incidents::sort);
    private static final Index<Incident> BY_STATUS =
            new Index<>("byStatus", i -> i.status().name(), Incidents::sort);

    private static final Index<Incident> BY_CREATOR = new Index<>("byCreator", Incident::createdBy, Incidents::sort);

    /** The table of incidents. */
    public static final Table<Incident> TABLE = new Table<>(
            "incidents", "incident", false, new IncidentItems(), List.of(BY_TENANT, BY_STATUS, BY_CREATOR), null);

    /** How long a CALLER sees an incident and its session after the end. */
    public static final Duration SEEN_BY_CALLER_AFTER_END = Duration.ofHours(1);

    /** How much longer they are seen as parts of an object that is seen, which was checked a moment before. */
    public static final Duration SLACK = Duration.ofMinutes(1);

    /** The next of the two times at which a viewer loses sight of an object: at this end, and {@link #SLACK} later. */
    public static Instant nextEnd(Instant end, Instant now) {
        if (now.isBefore(end)) {
            return end;
        }
        Instant last = end.plus(SLACK);
        return now.isBefore(last) ? last : Instant.MAX;
    }

    private static final int MAX_DESCRIPTION_CHARACTERS = 2000;

    private final Store store;
    private final ClientTokens tokens;
    private final IncidentAccess access;
    private final InstantSource clock;

    Incidents(Store store, ClientTokens tokens, IncidentAccess access, InstantSource clock) {
        this.store = store;
        this.tokens = tokens;
        this.access = access;
        this.clock = clock;
    }

    /**
     * Reads an incident with strong consistency.
     *
     * @param argument the path of the argument with its id
     * @throws NotFound if it does not exist
     */
    public Incident require(String argument, IncidentKey key) {
        Incident incident = store.getConsistently(TABLE, key);
        if (incident == null) {
            throw new NotFound(argument, "an incident");
        }
        return incident;
    }

    /**
     * Reads an incident with strong consistency.
     *
     * @param argument the path of the argument with its id
     * @throws NotFound if it does not exist for this viewer
     */
    public Incident require(String argument, IncidentKey key, Viewer viewer) {
        return access.require(argument, store.getConsistently(TABLE, key), viewer);
    }

    /** The request for a page of incidents with these arguments. */
    static PageRequest page(@Nullable Integer first, @Nullable String after) {
        return PageRequest.of("incidents", SortKey::isMomentAndUuid, first, after);
    }

    /** The incidents with one of these statuses that the viewer may see, newest first. */
    Connection<Incident> list(Viewer viewer, Set<IncidentStatus> statuses, PageRequest page) {
        return switch (viewer.role()) {
            case OPERATOR, DISPATCHER -> {
                boolean any = statuses.size() == IncidentStatus.values().length;
                List<String> partitions =
                        any ? List.of("") : statuses.stream().map(Enum::name).toList();
                yield list(any ? BY_TENANT : BY_STATUS, partitions, viewer, statuses, page);
            }
            case CALLER -> list(BY_CREATOR, List.of(viewer.subject()), viewer, statuses, page);
            case VENDOR, GUEST -> Connection.empty();
        };
    }

    /** The newest incidents that this CALLER may see, at most {@code limit} with 1 to 100. It reads one page of an index. */
    public List<Incident> newestOf(Viewer caller, int limit) {
        PageRequest page = new PageRequest("incidents", limit, null);
        return list(caller, EnumSet.allOf(IncidentStatus.class), page).edges().stream()
                .map(Connection.Edge::node)
                .toList();
    }

    private Connection<Incident> list(
            Index<Incident> index,
            List<String> partitions,
            Viewer viewer,
            Set<IncidentStatus> statuses,
            PageRequest page) {
        Tenant tenant = viewer.tenant();
        return new IndexedList<>(
                        TABLE,
                        index,
                        tenant,
                        partitions,
                        id -> new IncidentKey(tenant, id),
                        incident -> statuses.contains(incident.status()) && access.visible(incident, viewer) != null)
                .page(store, page);
    }

    /** Stores a new incident. If the client token was used before, returns the incident of the first call instead. */
    Incident create(Viewer viewer, CreateIncidentInput input) {
        GeoPoint position = input.position().toPoint("input.position");
        @Nullable
        String description = Require.optionalText("input.description", input.description(), MAX_DESCRIPTION_CHARACTERS);
        return tokens.once(
                Call.of(viewer, "createIncident", input.clientToken(), input.kind(), position, description),
                () -> creation(viewer, input.kind(), position, description),
                id -> {
                    // The token is the viewer's, so it may have the result, also when it does not see the incident
                    // elsewhere.
                    Incident known = require("input.clientToken", new IncidentKey(viewer.tenant(), id));
                    // the first call may not have announced it, see Store#announceAgain
                    store.announceAgain(TABLE, known);
                    return known;
                });
    }

    private Creation<Incident> creation(
            Viewer viewer, IncidentKind kind, GeoPoint position, @Nullable String description) {
        Instant now = clock.instant();
        Incident incident = new Incident(
                new IncidentKey(viewer.tenant(), UUID.randomUUID().toString()),
                Revision.first(),
                kind,
                IncidentStatus.REPORTED,
                position,
                description,
                viewer.subject(),
                now,
                now,
                null,
                null);
        return new Creation<>(incident, List.of(new Write<>(TABLE, incident)));
    }

    private static String sort(Incident incident) {
        return SortKey.of(incident.createdAt(), incident.id());
    }
}
