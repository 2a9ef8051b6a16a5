package dev.towline.incident;

import dev.towline.geo.GeoPoint;
import dev.towline.store.Entity;
import dev.towline.store.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A breakdown that needs help.
 *
 * @param key the key
 * @param revision the version and the last write ids
 * @param kind the kind of breakdown
 * @param status the progress of the help
 * @param position the position of the vehicle
 * @param description the caller's description, null if none
 * @param createdBy the subject of the viewer who reported it
 * @param createdAt the time of the report
 * @param updatedAt the time of the last change
 * @param activeSessionId the id of the active session, null without one; this field enforces that an incident has at most one
 * @param cancelReason the reason of the cancellation, null if none
 */
public record Incident(
        IncidentKey key,
        Revision revision,
        IncidentKind kind,
        IncidentStatus status,
        GeoPoint position,
        @Nullable String description,
        String createdBy,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String activeSessionId,
        @Nullable String cancelReason)
        implements Entity {

    /** The id, unique within the tenant. */
    public String id() {
        return key.id();
    }

    // Overridden because graphql-java finds only methods that the record declares.
    @Override
    public int version() {
        return revision.version();
    }

    /** The next state after a session has started. */
    public Incident assigned(String sessionId, Instant now) {
        return next(IncidentStatus.ASSIGNED, sessionId, cancelReason, now);
    }

    /** The next state after the vendor has begun the service. */
    public Incident inProgress(Instant now) {
        return next(IncidentStatus.IN_PROGRESS, activeSessionId, cancelReason, now);
    }

    /** The next state after the session was completed. */
    public Incident resolved(Instant now) {
        return next(IncidentStatus.RESOLVED, null, cancelReason, now);
    }

    /** The next state after the session was cancelled; another session may start. */
    public Incident reopened(Instant now) {
        return next(IncidentStatus.REPORTED, null, cancelReason, now);
    }

    /** The next state after the incident was cancelled. */
    public Incident cancelled(@Nullable String reason, Instant now) {
        return next(IncidentStatus.CANCELLED, null, reason, now);
    }

    /** The same state as those see it who may not see the description. */
    Incident withoutDescription() {
        return withoutDescription(activeSessionId);
    }

    /** The same state as a vendor sees it that does not work on it now. Whether another one does is hidden, too. */
    Incident outsideItsJob() {
        return withoutDescription(null);
    }

    private Incident withoutDescription(@Nullable String shownSessionId) {
        return new Incident(
                key,
                revision,
                kind,
                status,
                position,
                null,
                createdBy,
                createdAt,
                updatedAt,
                shownSessionId,
                cancelReason);
    }

    private Incident next(IncidentStatus newStatus, @Nullable String sessionId, @Nullable String reason, Instant now) {
        return new Incident(
                key,
                revision.next(),
                kind,
                newStatus,
                position,
                description,
                createdBy,
                createdAt,
                now,
                sessionId,
                reason);
    }
}
