package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import dev.towline.incident.Incidents;
import dev.towline.store.Entity;
import dev.towline.store.Revision;
import dev.towline.vendor.Vendors;
import dev.towline.viewer.Disclosure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tracking of a vendor's vehicle from the assignment to the end of the job.
 *
 * @param key the key
 * @param revision the version and the last write ids
 * @param incidentId the id of the incident
 * @param vendorId the id of the vendor
 * @param callerId the subject of the viewer who reported the incident, null if the session was stored before this was known; no CALLER sees
 *     such a session
 * @param destination the position of the incident, which never changes
 * @param steps all changes of status, beginning with the assignment
 * @param currentLocation the newest accepted fix by recorded time, null if there is none
 * @param startedAt the start of the job; before the first step if it was entered late
 * @param updatedAt the time of the last change
 * @param sequence the number of the last change; fixes that moved the vehicle and steps are numbered together from 1, without gaps
 * @param numbersGiven how many numbers the last write gave, 0 if it changed neither the location nor the status
 * @param motion what the intake remembers of the movement
 * @param tail the last fixes
 */
public record TrackingSession(
        SessionKey key,
        Revision revision,
        String incidentId,
        String vendorId,
        @Nullable String callerId,
        GeoPoint destination,
        List<StatusChange> steps,
        @Nullable TrackedLocation currentLocation,
        Instant startedAt,
        Instant updatedAt,
        int sequence,
        int numbersGiven,
        Motion motion,
        Tail tail)
        implements Entity, Disclosure {

    public TrackingSession {
        destination = TrackedLocation.rounded(destination);
        steps = List.copyOf(steps);
        startedAt = startedAt.truncatedTo(ChronoUnit.MILLIS);
        updatedAt = updatedAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /** A new session. */
    static TrackingSession begin(
            SessionKey key, String incidentId, String vendorId, GeoPoint destination, Instant startedAt, Instant now) {
        return new TrackingSession(
                key,
                Revision.first(),
                incidentId,
                vendorId,
                null,
                destination,
                List.of(new StatusChange(SessionStatus.ASSIGNED, 1, now)),
                null,
                startedAt,
                now,
                1,
                1,
                Motion.UNKNOWN,
                Tail.EMPTY);
    }

    /** The id, unique within the tenant. */
    public String id() {
        return key.id();
    }

    // Overridden because graphql-java finds only methods that the record declares.
    @Override
    public int version() {
        return revision.version();
    }

    @Override
    public boolean isFinal() {
        return status().isEnd();
    }

    public SessionStatus status() {
        return steps.getLast().status();
    }

    /** The status as of a sequence. */
    SessionStatus statusAt(int ofSequence) {
        return steps.reversed().stream()
                .filter(step -> step.sequence() <= ofSequence)
                .findFirst()
                .orElse(steps.getFirst())
                .status();
    }

    /** The time of its end, null while it is active. */
    public @Nullable Instant endedAt() {
        return status().isEnd() ? steps.getLast().at() : null;
    }

    /** The estimated arrival, null if it is unknown or the vehicle has arrived. */
    public @Nullable Eta eta() {
        return Eta.of(currentLocation, status());
    }

    /** The next state with a new status. */
    TrackingSession in(SessionStatus next, Instant now) {
        List<StatusChange> further = new ArrayList<>(steps);
        further.add(new StatusChange(next, sequence + 1, now));
        return next(further, currentLocation, now, sequence + 1, motion, withCurrentInTrail());
    }

    /** This state with another tail. */
    TrackingSession with(Tail other) {
        return new TrackingSession(
                key,
                revision,
                incidentId,
                vendorId,
                callerId,
                destination,
                steps,
                currentLocation,
                startedAt,
                updatedAt,
                sequence,
                numbersGiven,
                motion,
                other);
    }

    /** The same new session of an incident that this viewer reported. */
    TrackingSession reportedBy(String subject) {
        return new TrackingSession(
                key,
                revision,
                incidentId,
                vendorId,
                subject,
                destination,
                steps,
                currentLocation,
                startedAt,
                updatedAt,
                sequence,
                numbersGiven,
                motion,
                tail);
    }

    /** The same state as those see it who may not see where the vehicle is or was. */
    TrackingSession withoutLocations() {
        return new TrackingSession(
                key,
                revision,
                incidentId,
                vendorId,
                callerId,
                destination,
                steps,
                null,
                startedAt,
                updatedAt,
                sequence,
                numbersGiven,
                Motion.UNKNOWN,
                Tail.EMPTY);
    }

    @Override
    public boolean shows(String kind, String id, int ofVersion) {
        return (kind.equals(Incidents.TABLE.entity()) && id.equals(incidentId))
                || (kind.equals(Vendors.TABLE.entity()) && id.equals(vendorId));
    }

    /** Whether it has not ended. */
    public boolean isActive() {
        return !status().isEnd();
    }

    @Override
    public boolean belongsToActiveSession() {
        return isActive();
    }

    /** A step tells the current location, also when it is told again later, so that one must not be LIVE_ONLY. */
    private Tail withCurrentInTrail() {
        return currentLocation == null || currentLocation.equals(tail.newestInTrail())
                ? tail
                : tail.storing(currentLocation);
    }

    /**
     * The state after the next write.
     *
     * @param newSequence the number of the last change
     */
    TrackingSession next(
            List<StatusChange> newSteps,
            @Nullable TrackedLocation location,
            Instant now,
            int newSequence,
            Motion newMotion,
            Tail newTail) {
        return new TrackingSession(
                key,
                revision.next(),
                incidentId,
                vendorId,
                callerId,
                destination,
                newSteps,
                location,
                startedAt,
                now,
                newSequence,
                newSequence - sequence,
                newMotion,
                newTail);
    }
}
