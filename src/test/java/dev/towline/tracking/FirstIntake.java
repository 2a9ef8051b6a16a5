package dev.towline.tracking;

import dev.towline.store.Revision;
import dev.towline.store.Store;
import dev.towline.store.Write;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The peer: how a fix was accepted before the session carried its tail. It reads the session with strong consistency, and writes it and a
 * row of the trail in one transaction. It does nothing else, so it is rather faster than it was.
 */
final class FirstIntake {

    private final Store store;
    private final SessionTurns turns = new SessionTurns();

    FirstIntake(Store store) {
        this.store = store;
    }

    /** Stores a session. */
    void begin(SessionKey key) {
        TrackingSession begun =
                TrackingSession.begin(key, key.id(), key.id(), Drives.SCENE, Drives.START, Drives.START);
        store.write(new Write<>(
                FirstShape.SESSIONS,
                new FirstShape.Session(
                        key,
                        begun.revision(),
                        begun.incidentId(),
                        begun.vendorId(),
                        begun.destination(),
                        begun.steps(),
                        null,
                        begun.startedAt(),
                        begun.updatedAt(),
                        1)));
    }

    /** Accepts a fix that is newer than all before. Calls for one session run one after another, as they did. */
    void take(SessionKey key, LocationInput fix, Instant now) {
        var _ = turns.take(key, () -> write(key, fix, now));
    }

    private FirstShape.Session write(SessionKey key, LocationInput fix, Instant now) {
        FirstShape.Session session =
                Objects.requireNonNull(store.getConsistently(FirstShape.SESSIONS, key), "no such session");
        int sequence = session.sequence() + 1;
        TrackedLocation arrived = TrackedLocation.of(fix, now);
        TrackedLocation location = new TrackedLocation(
                arrived.point(),
                arrived.recordedAt(),
                arrived.receivedAt(),
                sequence,
                arrived.speedMetersPerSecond(),
                arrived.headingDegrees(),
                arrived.accuracyMeters(),
                null);
        FirstShape.Session next = new FirstShape.Session(
                key,
                session.revision().next(),
                session.incidentId(),
                session.vendorId(),
                session.destination(),
                session.steps(),
                location,
                session.startedAt(),
                now,
                sequence);
        FirstShape.Fix row = new FirstShape.Fix(
                new FirstShape.FixKey(key.tenant(), key.id(), location.recordedAt()), Revision.first(), location);
        store.write(List.of(new Write<>(FirstShape.SESSIONS, next), new Write<>(FirstShape.TRAIL, row)));
        return next;
    }
}
