package dev.towline.tracking;

import dev.towline.incident.Incidents;
import dev.towline.problem.NotFound;
import dev.towline.viewer.FieldRoles;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import dev.towline.viewer.VisibilityRule;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Who may see and change which sessions, and who sees where the vehicle is and was. Thread-safe, does not block. */
@Component
final class SessionAccess implements VisibilityRule<TrackingSession>, FieldRoles {

    private static final Set<Role> STAFF_AND_VENDOR = Set.of(Role.OPERATOR, Role.DISPATCHER, Role.VENDOR);
    private static final Set<Role> STAFF_AND_CALLER = Set.of(Role.OPERATOR, Role.DISPATCHER, Role.CALLER);
    private static final Set<Role> ALL_BUT_GUEST = Set.of(Role.OPERATOR, Role.DISPATCHER, Role.VENDOR, Role.CALLER);

    private static final Map<String, Set<Role>> ROLES = Map.of(
            "Query.getTrackingSession", Role.ALL,
            "Query.getActiveSessionByIncident", Role.ALL,
            "Query.listTrackingSessions", ALL_BUT_GUEST,
            "Mutation.startTrackingSession", Role.STAFF,
            "Mutation.updateSessionStatus", STAFF_AND_VENDOR,
            "Mutation.updateLocation", STAFF_AND_VENDOR,
            "Mutation.updateLocations", STAFF_AND_VENDOR,
            "Mutation.cancelIncident", STAFF_AND_CALLER,
            "Subscription.onTrackingUpdated", Role.ALL);

    private final InstantSource clock;

    SessionAccess(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public @Nullable Set<Role> of(String field) {
        return ROLES.get(field);
    }

    @Override
    public Class<TrackingSession> type() {
        return TrackingSession.class;
    }

    @Override
    public boolean isPersonal() {
        return false;
    }

    @Override
    public @Nullable TrackingSession visible(TrackingSession session, Viewer viewer) {
        return seen(session, viewer, Duration.ZERO);
    }

    /** Many fields cannot be null, so a right must not end between the check of an update or of a list and the check of the session in it. */
    @Override
    public @Nullable TrackingSession visibleWithin(Object parent, TrackingSession session, Viewer viewer) {
        return seen(session, viewer, Incidents.SLACK);
    }

    /** Callers and guests lose sight of it some time after its end, and a little later where it is part of something else. */
    @Override
    public Instant sameUntil(TrackingSession session, Viewer viewer) {
        Instant end = session.endedAt();
        if (end == null) {
            return Instant.MAX;
        }
        return switch (viewer.role()) {
            case OPERATOR, DISPATCHER, VENDOR -> Instant.MAX;
            case CALLER -> Incidents.nextEnd(end.plus(Incidents.SEEN_BY_CALLER_AFTER_END), clock.instant());
            case GUEST -> Incidents.nextEnd(end.plus(Sessions.SEEN_BY_GUEST_AFTER_END), clock.instant());
        };
    }

    private @Nullable TrackingSession seen(TrackingSession session, Viewer viewer, Duration slack) {
        boolean isSeen = switch (viewer.role()) {
            case OPERATOR, DISPATCHER -> true;
            case VENDOR -> session.vendorId().equals(viewer.subject());
            case CALLER ->
                viewer.subject().equals(session.callerId())
                        && isWithin(Incidents.SEEN_BY_CALLER_AFTER_END.plus(slack), session.endedAt());
            case GUEST ->
                session.id().equals(viewer.sharedSessionId())
                        && isWithin(Sessions.SEEN_BY_GUEST_AFTER_END.plus(slack), session.endedAt());
        };
        if (!isSeen) {
            return null;
        }
        return seesLocations(session, viewer) ? session : session.withoutLocations();
    }

    /** The update as the viewer may see it now, null if it may not see the session any more. */
    @Nullable
    TrackingUpdate visible(TrackingUpdate update, Viewer viewer) {
        if (visible(update.session(), viewer) == null) {
            return null;
        }
        return seesLocations(update.session(), viewer) ? update : update.withoutLocations();
    }

    /**
     * The session, if the viewer may see it.
     *
     * @param argument the path of the argument with its id
     * @throws NotFound if it does not exist for this viewer
     */
    TrackingSession require(String argument, @Nullable TrackingSession session, Viewer viewer) {
        if (session == null || visible(session, viewer) == null) {
            throw new NotFound(argument, "a tracking session");
        }
        return session;
    }

    /** Whether the viewer may see where the vehicle has been, given the current state of a session that it sees. */
    boolean seesTrail(TrackingSession current, Viewer viewer) {
        return viewer.role() != Role.GUEST && seesLocations(current, viewer);
    }

    /** Whether the viewer may see where the vehicle is, given a session that it sees: callers and guests only until the end. */
    boolean seesLocations(TrackingSession session, Viewer viewer) {
        return switch (viewer.role()) {
            case OPERATOR, DISPATCHER, VENDOR -> true;
            case CALLER, GUEST -> session.isActive();
        };
    }

    private boolean isWithin(Duration time, @Nullable Instant end) {
        return end == null || clock.instant().isBefore(end.plus(time));
    }
}
