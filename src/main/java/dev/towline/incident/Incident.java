package dev.towline.incident;

import dev.towline.geo.GeoPoint;
import dev.towline.store.Entity;
import dev.towline.store.Revision;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody broke down and needs help.
 *
 * @param key which incident
 * @param revision which of its states
 * @param kind what is wrong
 * @param status how far the help is
 * @param position where the vehicle stands
 * @param description in the words of whoever reported it
 * @param createdBy the subject of the viewer who reported it
 * @param createdAt when it was reported
 * @param updatedAt when this state began
 * @param activeSessionId the session that is active now: an incident has at most one, and this field is what holds that
 * @param cancelReason why it was called off
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

    // Said here again because GraphQL looks for the methods of the record itself.
    @Override
    public int version() {
        return revision.version();
    }

    /** The next state: a session has begun. */
    public Incident assigned(String sessionId, Instant now) {
        return next(IncidentStatus.ASSIGNED, sessionId, cancelReason, now);
    }

    /** The next state: the vendor is at work. */
    public Incident inProgress(Instant now) {
        return next(IncidentStatus.IN_PROGRESS, activeSessionId, cancelReason, now);
    }

    /** The next state: the session was completed. */
    public Incident resolved(Instant now) {
        return next(IncidentStatus.RESOLVED, null, cancelReason, now);
    }

    /** The next state: the session was called off, and the incident waits for another. */
    public Incident reopened(Instant now) {
        return next(IncidentStatus.REPORTED, null, cancelReason, now);
    }

    /** The next state: called off, whatever was going on. */
    public Incident cancelled(@Nullable String reason, Instant now) {
        return next(IncidentStatus.CANCELLED, null, reason, now);
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
