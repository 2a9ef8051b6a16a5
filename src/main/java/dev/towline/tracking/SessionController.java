package dev.towline.tracking;

import dev.towline.incident.Incident;
import dev.towline.incident.IncidentKey;
import dev.towline.paging.Connection;
import dev.towline.paging.PageRequest;
import dev.towline.problem.Require;
import dev.towline.store.BatchReads;
import dev.towline.store.SortKey;
import dev.towline.vendor.Vendor;
import dev.towline.vendor.VendorKey;
import dev.towline.viewer.Viewer;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.execution.BatchLoaderRegistry;
import org.springframework.stereotype.Controller;

/** The queries of sessions, and the fields that lead to and from them. */
@Controller
class SessionController {

    private static final int DEFAULT_TRAIL = 100;

    private final SessionLists lists;
    private final Trail trail;

    SessionController(SessionLists lists, Trail trail, BatchReads reads, BatchLoaderRegistry loaders) {
        this.lists = lists;
        this.trail = trail;
        loaders.forTypePair(SessionKey.class, TrackingSession.class)
                .registerMappedBatchLoader(reads.of(Sessions.TABLE));
    }

    @QueryMapping
    CompletableFuture<@Nullable TrackingSession> getTrackingSession(
            @Argument String id,
            @ContextValue Viewer viewer,
            DataLoader<SessionKey, @Nullable TrackingSession> loader) {
        return loader.load(new SessionKey(viewer.tenant(), Require.id("id", id)));
    }

    @QueryMapping
    CompletableFuture<@Nullable TrackingSession> getActiveSessionByIncident(
            @Argument String incidentId,
            @ContextValue Viewer viewer,
            DataLoader<IncidentKey, @Nullable Incident> incidentLoader,
            DataLoader<SessionKey, @Nullable TrackingSession> sessionLoader) {
        return incidentLoader
                .load(new IncidentKey(viewer.tenant(), Require.id("incidentId", incidentId)))
                .thenCompose(incident -> incident == null ? nothing() : activeSession(incident, sessionLoader));
    }

    @QueryMapping
    Connection<TrackingSession> listTrackingSessions(
            @Argument @Nullable TrackingSessionFilter filter,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            @ContextValue Viewer viewer) {
        return lists.page(
                viewer, filter == null ? TrackingSessionFilter.ANY : filter.checked(), Sessions.page(first, after));
    }

    @SchemaMapping
    CompletableFuture<@Nullable TrackingSession> activeSession(
            Incident incident, DataLoader<SessionKey, @Nullable TrackingSession> loader) {
        String id = incident.activeSessionId();
        return id == null
                ? nothing()
                : loader.load(new SessionKey(incident.key().tenant(), id))
                        // The incident may have been read before its session ended.
                        .thenApply(
                                session -> session == null || session.status().isEnd() ? null : session);
    }

    @SchemaMapping
    CompletableFuture<Incident> incident(TrackingSession session, DataLoader<IncidentKey, Incident> loader) {
        return loader.load(new IncidentKey(session.key().tenant(), session.incidentId()));
    }

    @SchemaMapping
    CompletableFuture<Vendor> vendor(TrackingSession session, DataLoader<VendorKey, Vendor> loader) {
        return loader.load(new VendorKey(session.key().tenant(), session.vendorId()));
    }

    @SchemaMapping
    Connection<TrackedLocation> trail(
            TrackingSession session,
            @Argument @Nullable Integer first,
            @Argument @Nullable String after,
            @ContextValue Viewer viewer) {
        return trail.page(viewer, session, trailPage(session, first, after));
    }

    /** The request for a page of a trail with these arguments. */
    static PageRequest trailPage(TrackingSession session, @Nullable Integer first, @Nullable String after) {
        return PageRequest.of("trail:" + session.id(), SortKey::isMoment, first == null ? DEFAULT_TRAIL : first, after);
    }

    private static CompletableFuture<@Nullable TrackingSession> nothing() {
        return CompletableFuture.completedFuture(null);
    }
}
