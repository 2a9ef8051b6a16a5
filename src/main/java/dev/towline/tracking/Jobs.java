package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import dev.towline.incident.Incident;
import dev.towline.incident.IncidentKey;
import dev.towline.incident.IncidentStatus;
import dev.towline.incident.Incidents;
import dev.towline.problem.BadInput;
import dev.towline.problem.Conflict;
import dev.towline.problem.Require;
import dev.towline.store.ClientTokens;
import dev.towline.store.ClientTokens.Call;
import dev.towline.store.ClientTokens.Creation;
import dev.towline.store.Store;
import dev.towline.store.Write;
import dev.towline.vendor.Availability;
import dev.towline.vendor.Vendor;
import dev.towline.vendor.VendorKey;
import dev.towline.vendor.Vendors;
import dev.towline.viewer.Tenant;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Starts, advances and ends jobs. Each step is one transaction over the session, its incident and its vendor, so that an incident and a
 * vendor never have more than one active session. Blocking, thread-safe.
 */
@Component
class Jobs {

    private static final Duration MAX_ENTERED_LATE = Duration.ofDays(7);
    private static final int MAX_REASON_CHARACTERS = 500;

    private final Store store;
    private final ClientTokens tokens;
    private final Sessions sessions;
    private final Incidents incidents;
    private final Vendors vendors;
    private final InstantSource clock;

    Jobs(
            Store store,
            ClientTokens tokens,
            Sessions sessions,
            Incidents incidents,
            Vendors vendors,
            InstantSource clock) {
        this.store = store;
        this.tokens = tokens;
        this.sessions = sessions;
        this.incidents = incidents;
        this.vendors = vendors;
        this.clock = clock;
    }

    /** Starts a session of a vendor for an incident, once per client token. */
    TrackingSession start(Viewer viewer, StartTrackingSessionInput input) {
        return tokens.once(
                Call.of(
                        viewer,
                        "startTrackingSession",
                        input.clientToken(),
                        input.incidentId(),
                        input.vendorId(),
                        input.startedAt()),
                () -> assignment(viewer.tenant(), input),
                id -> repeated(sessions.require("input.clientToken", new SessionKey(viewer.tenant(), id))));
    }

    private Creation<TrackingSession> assignment(Tenant tenant, StartTrackingSessionInput input) {
        Instant now = clock.instant();
        Instant startedAt = startedAt(input.startedAt(), now);
        IncidentKey incidentKey = new IncidentKey(tenant, Require.id("input.incidentId", input.incidentId()));
        VendorKey vendorKey = new VendorKey(tenant, Require.id("input.vendorId", input.vendorId()));
        Incident incident = incidents.require("input.incidentId", incidentKey);
        Vendor vendor = vendors.require("input.vendorId", vendorKey);
        if (incident.status() != IncidentStatus.REPORTED) {
            throw new Conflict(
                    "input.incidentId",
                    "The incident is " + incident.status() + "; a session can start only for a REPORTED incident.");
        }
        if (vendor.availability() != Availability.AVAILABLE) {
            throw new Conflict(
                    "input.vendorId",
                    "The vendor is " + vendor.availability() + "; a session can start only for an AVAILABLE vendor.");
        }
        TrackingSession session = TrackingSession.begin(
                        new SessionKey(tenant, UUID.randomUUID().toString()),
                        incident.id(),
                        vendor.id(),
                        incident.position(),
                        startedAt,
                        now)
                .reportedBy(incident.createdBy());
        return new Creation<>(
                session,
                List.of(
                        new Write<>(Sessions.TABLE, session),
                        new Write<>(Incidents.TABLE, incident.assigned(session.id(), now)),
                        new Write<>(Vendors.TABLE, vendor.assigned(session.id(), now), vendor)));
    }

    private static Instant startedAt(@Nullable Instant given, Instant now) {
        if (given == null) {
            return now;
        }
        if (given.isAfter(now)) {
            throw new BadInput("input.startedAt", "must not be in the future.");
        }
        if (given.isBefore(now.minus(MAX_ENTERED_LATE))) {
            throw new BadInput("input.startedAt", "must be at most 7 days in the past.");
        }
        return given;
    }

    /** Advances a session to a later status; repeating the current status changes nothing. */
    TrackingSession advance(Viewer viewer, UpdateSessionStatusInput input) {
        SessionKey key = new SessionKey(viewer.tenant(), Require.id("input.sessionId", input.sessionId()));
        return store.retryingConflicts(() -> {
            TrackingSession session = sessions.require("input.sessionId", key, viewer);
            if (session.status() == input.status()) {
                return repeated(session);
            }
            if (!session.status().mayBecome(input.status())) {
                throw new Conflict(
                        "input.status",
                        "The session is " + session.status() + " and cannot become " + input.status() + ".");
            }
            SessionWrite write = SessionWrite.of(session.in(input.status(), clock.instant()));
            List<Write<?>> writes = write.all();
            writes.addAll(consequences(write.session()));
            store.write(writes);
            return write.session();
        });
    }

    /** Cancels an incident and its active session. */
    Incident cancel(Viewer viewer, CancelIncidentInput input) {
        IncidentKey key = new IncidentKey(viewer.tenant(), Require.id("input.incidentId", input.incidentId()));
        String reason = Require.optionalText("input.reason", input.reason(), MAX_REASON_CHARACTERS);
        return store.retryingConflicts(() -> {
            Incident incident = incidents.require("input.incidentId", key, viewer);
            if (incident.status() == IncidentStatus.CANCELLED) {
                store.announceAgain(Incidents.TABLE, incident);
                return incident;
            }
            if (incident.status() == IncidentStatus.RESOLVED) {
                throw new Conflict("input.incidentId", "The incident is RESOLVED and cannot become CANCELLED.");
            }
            Instant now = clock.instant();
            Incident next = incident.cancelled(reason, now);
            List<Write<?>> writes = new ArrayList<>();
            writes.add(new Write<>(Incidents.TABLE, next));
            String sessionId = incident.activeSessionId();
            if (sessionId != null) {
                SessionWrite write =
                        SessionWrite.of(sessions.require("input.incidentId", new SessionKey(viewer.tenant(), sessionId))
                                .in(SessionStatus.CANCELLED, now));
                writes.addAll(write.all());
                writes.add(release(write.session()));
            }
            store.write(writes);
            return next;
        });
    }

    /** The writes of the states of the incident and the vendor that follow from a session's new state. */
    private List<Write<?>> consequences(TrackingSession session) {
        List<Write<?>> writes = new ArrayList<>();
        Instant now = session.updatedAt();
        switch (session.status()) {
            case ASSIGNED, EN_ROUTE, ARRIVED -> {}
            case IN_SERVICE ->
                writes.add(new Write<>(Incidents.TABLE, incident(session).inProgress(now)));
            case COMPLETED -> {
                writes.add(new Write<>(Incidents.TABLE, incident(session).resolved(now)));
                writes.add(release(session));
            }
            case CANCELLED -> {
                writes.add(new Write<>(Incidents.TABLE, incident(session).reopened(now)));
                writes.add(release(session));
            }
        }
        return writes;
    }

    /**
     * The result of a call that repeats one of another instance, perhaps because that one never answered. Then nobody may have announced
     * what it wrote, and this instance acknowledges it now.
     */
    private TrackingSession repeated(TrackingSession session) {
        store.announceAgain(Sessions.TABLE, session);
        store.announceAgain(Incidents.TABLE, incident(session));
        store.announceAgain(Vendors.TABLE, vendor(session));
        return session;
    }

    private Vendor vendor(TrackingSession session) {
        return vendors.require("input.sessionId", new VendorKey(session.key().tenant(), session.vendorId()));
    }

    private Incident incident(TrackingSession session) {
        return incidents.require(
                "input.sessionId", new IncidentKey(session.key().tenant(), session.incidentId()));
    }

    private Write<Vendor> release(TrackingSession session) {
        Vendor vendor = vendor(session);
        TrackedLocation last = session.currentLocation();
        GeoPoint position = last == null ? null : last.point();
        return new Write<>(Vendors.TABLE, vendor.released(position, session.updatedAt()), vendor);
    }
}
