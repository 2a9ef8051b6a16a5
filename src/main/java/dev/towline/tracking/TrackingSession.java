package dev.towline.tracking;

import dev.towline.geo.GeoPoint;
import dev.towline.store.Entity;
import dev.towline.store.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A vendor's vehicle on its way to an incident, until the job is done.
 *
 * @param key which session
 * @param revision which of its states
 * @param incidentId where it goes
 * @param vendorId who goes
 * @param destination the position of the incident, which never changes
 * @param steps every change of status so far, the first being the assignment
 * @param currentLocation the newest accepted fix by recorded time
 * @param startedAt when the job began: before the first step if it was entered late
 * @param updatedAt when this state began
 * @param sequence the number of the last change: locations and steps are numbered together, without gaps, from 1
 */
record TrackingSession(
        SessionKey key,
        Revision revision,
        String incidentId,
        String vendorId,
        GeoPoint destination,
        List<StatusChange> steps,
        @Nullable TrackedLocation currentLocation,
        Instant startedAt,
        Instant updatedAt,
        int sequence)
        implements Entity {

    TrackingSession {
        steps = List.copyOf(steps);
    }

    /** A session that begins now. */
    static TrackingSession begin(
            SessionKey key, String incidentId, String vendorId, GeoPoint destination, Instant startedAt, Instant now) {
        return new TrackingSession(
                key,
                Revision.first(),
                incidentId,
                vendorId,
                destination,
                List.of(new StatusChange(SessionStatus.ASSIGNED, 1, now)),
                null,
                startedAt,
                now,
                1);
    }

    /** The id, unique within the tenant. */
    public String id() {
        return key.id();
    }

    // Said here again because GraphQL looks for the methods of the record itself.
    @Override
    public int version() {
        return revision.version();
    }

    @Override
    public boolean isLast() {
        return status().isEnd();
    }

    public SessionStatus status() {
        return steps.getLast().status();
    }

    /** The status that a change of that number was made in, or made. */
    SessionStatus statusAt(int ofSequence) {
        return steps.reversed().stream()
                .filter(step -> step.sequence() <= ofSequence)
                .findFirst()
                .orElse(steps.getFirst())
                .status();
    }

    /** When it ended, null while it is active. */
    public @Nullable Instant endedAt() {
        return status().isEnd() ? steps.getLast().at() : null;
    }

    /** When the vehicle will be there, null where that cannot be told. */
    public @Nullable Eta eta() {
        return Eta.of(currentLocation, destination, status());
    }

    /** The next state: a step further. */
    TrackingSession in(SessionStatus next, Instant now) {
        List<StatusChange> further = new ArrayList<>(steps);
        further.add(new StatusChange(next, sequence + 1, now));
        return next(further, currentLocation, sequence + 1, now);
    }

    /** The next state: the vehicle has moved, over as many locations as the sequence of the newest tells. */
    TrackingSession at(TrackedLocation newest, int newSequence, Instant now) {
        return next(steps, newest, newSequence, now);
    }

    private TrackingSession next(
            List<StatusChange> newSteps, @Nullable TrackedLocation location, int newSequence, Instant now) {
        return new TrackingSession(
                key,
                revision.next(),
                incidentId,
                vendorId,
                destination,
                newSteps,
                location,
                startedAt,
                now,
                newSequence);
    }
}
