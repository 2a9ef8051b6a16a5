package dev.towline.tracking;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds the {@link TrackingUpdate}s of a session from the session and those of its locations that have a sequence number. Pure functions. */
final class TrackingUpdates {

    private TrackingUpdates() {}

    /** The current state, followed by the final update if the session has ended. */
    static List<TrackingUpdate> snapshot(TrackingSession session) {
        TrackedLocation location = session.currentLocation();
        Instant lastLocationAt = location == null ? Instant.MIN : location.receivedAt();
        Instant lastStatusChangeAt = session.steps().getLast().at();
        TrackingUpdate snapshot = update(
                session,
                TrackingUpdateKind.SNAPSHOT,
                session.sequence(),
                lastLocationAt.isAfter(lastStatusChangeAt) ? lastLocationAt : lastStatusChangeAt,
                location);
        if (!session.status().isEnd()) {
            return List.of(snapshot);
        }
        return List.of(snapshot, statusChange(session, session.steps().getLast(), location));
    }

    /**
     * The updates of one write, which contains either locations or one change of status.
     *
     * @param session the session after the write
     * @param locations the locations that the write stored with a sequence number, in any order
     */
    static List<TrackingUpdate> ofWrite(TrackingSession session, List<TrackedLocation> locations) {
        int before = session.sequence() - Math.max(1, locations.size());
        TrackedLocation current = session.currentLocation();
        return between(
                session,
                before,
                session.sequence(),
                locations.isEmpty() && current != null ? List.of(current) : locations);
    }

    /**
     * The updates with a sequence number greater than {@code afterSequence} and at most {@code upToSequence}, in ascending order.
     *
     * @param numbered the locations with a sequence in this range, and the last location before it, in any order
     */
    static List<TrackingUpdate> between(
            TrackingSession session, int afterSequence, int upToSequence, List<TrackedLocation> numbered) {
        List<TrackedLocation> ascending = numbered.stream()
                .sorted(Comparator.comparingInt(TrackingUpdates::sequenceOf))
                .toList();
        Stream<TrackingUpdate> moves = ascending.stream().map(location -> move(session, location));
        Stream<TrackingUpdate> statusChanges = session.steps().stream()
                .map(change -> statusChange(session, change, lastBefore(ascending, change.sequence())));
        return Stream.concat(moves, statusChanges)
                .filter(update -> update.sequence() > afterSequence && update.sequence() <= upToSequence)
                .sorted(Comparator.comparingInt(TrackingUpdate::sequence))
                .toList();
    }

    private static TrackingUpdate move(TrackingSession session, TrackedLocation location) {
        return update(session, TrackingUpdateKind.LOCATION, sequenceOf(location), location.receivedAt(), location);
    }

    private static TrackingUpdate statusChange(
            TrackingSession session, StatusChange change, @Nullable TrackedLocation location) {
        TrackingUpdateKind kind = change.status().isEnd() ? TrackingUpdateKind.ENDED : TrackingUpdateKind.STATUS;
        return update(session, kind, change.sequence(), change.at(), location);
    }

    private static TrackingUpdate update(
            TrackingSession session,
            TrackingUpdateKind kind,
            int sequence,
            Instant at,
            @Nullable TrackedLocation location) {
        return new TrackingUpdate(
                session.key(), kind, sequence, at, null, location, session.destination(), session.statusAt(sequence));
    }

    private static @Nullable TrackedLocation lastBefore(List<TrackedLocation> ascending, int sequence) {
        TrackedLocation last = null;
        for (TrackedLocation location : ascending) {
            if (sequenceOf(location) > sequence) {
                break;
            }
            last = location;
        }
        return last;
    }

    private static int sequenceOf(TrackedLocation location) {
        Integer sequence = location.sequence();
        if (sequence == null) {
            throw new IllegalArgumentException("a late location has no sequence");
        }
        return sequence;
    }
}
