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
import java.time.Instant;
import java.time.InstantSource;
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

    /** The table of incidents. */
    public static final Table<Incident> TABLE =
            new Table<>("incidents", "incident", false, new IncidentItems(), List.of(BY_TENANT, BY_STATUS), null);

    private static final int MAX_DESCRIPTION_CHARACTERS = 2000;

    private final Store store;
    private final ClientTokens tokens;
    private final InstantSource clock;

    Incidents(Store store, ClientTokens tokens, InstantSource clock) {
        this.store = store;
        this.tokens = tokens;
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

    /** The request for a page of incidents with these arguments. */
    static PageRequest page(@Nullable Integer first, @Nullable String after) {
        return PageRequest.of("incidents", SortKey::isMomentAndUuid, first, after);
    }

    /** The incidents of the tenant with one of these statuses, newest first. */
    Connection<Incident> list(Tenant tenant, Set<IncidentStatus> statuses, PageRequest page) {
        boolean any = statuses.size() == IncidentStatus.values().length;
        Index<Incident> index = any ? BY_TENANT : BY_STATUS;
        List<String> partitions =
                any ? List.of("") : statuses.stream().map(Enum::name).toList();
        return new IndexedList<>(
                        TABLE,
                        index,
                        tenant,
                        partitions,
                        id -> new IncidentKey(tenant, id),
                        incident -> statuses.contains(incident.status()))
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
