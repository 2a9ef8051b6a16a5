package dev.towline.tracking;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes updates from a session and its numbered locations. Pure functions. */
final class SessionHistory {

    private SessionHistory() {}

    /** The current state, followed by the final update if the session has ended. */
    static List<TrackingUpdate> snapshot(TrackingSession session) {
        TrackedLocation location = session.currentLocation();
        Instant moved = location == null ? Instant.MIN : location.receivedAt();
        Instant stepped = session.steps().getLast().at();
        TrackingUpdate snapshot = update(
                session,
                TrackingUpdateKind.SNAPSHOT,
                session.sequence(),
                moved.isAfter(stepped) ? moved : stepped,
                location);
        if (!session.status().isEnd()) {
            return List.of(snapshot);
        }
        return List.of(snapshot, step(session, session.steps().getLast(), location));
    }

    /**
     * The updates of one write, which contains either locations or one change of status.
     *
     * @param session the session after the write
     * @param moved the locations that the write numbered, in any order
     */
    static List<TrackingUpdate> ofWrite(TrackingSession session, List<TrackedLocation> moved) {
        int before = session.sequence() - Math.max(1, moved.size());
        TrackedLocation current = session.currentLocation();
        return between(
                session, before, session.sequence(), moved.isEmpty() && current != null ? List.of(current) : moved);
    }

    /**
     * The updates after one sequence, up to and including another.
     *
     * @param numbered the locations with a sequence in this range, and the last location before it, in any order
     */
    static List<TrackingUpdate> between(
            TrackingSession session, int afterSequence, int upToSequence, List<TrackedLocation> numbered) {
        List<TrackedLocation> ascending = numbered.stream()
                .sorted(Comparator.comparingInt(SessionHistory::number))
                .toList();
        Stream<TrackingUpdate> moves = ascending.stream().map(location -> move(session, location));
        Stream<TrackingUpdate> steps =
                session.steps().stream().map(step -> step(session, step, lastBefore(ascending, step.sequence())));
        return Stream.concat(moves, steps)
                .filter(update -> update.sequence() > afterSequence && update.sequence() <= upToSequence)
                .sorted(Comparator.comparingInt(TrackingUpdate::sequence))
                .toList();
    }

    private static TrackingUpdate move(TrackingSession session, TrackedLocation location) {
        return update(session, TrackingUpdateKind.LOCATION, number(location), location.receivedAt(), location);
    }

    private static TrackingUpdate step(TrackingSession session, StatusChange step, @Nullable TrackedLocation location) {
        TrackingUpdateKind kind = step.status().isEnd() ? TrackingUpdateKind.ENDED : TrackingUpdateKind.STATUS;
        return update(session, kind, step.sequence(), step.at(), location);
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
            if (number(location) > sequence) {
                break;
            }
            last = location;
        }
        return last;
    }

    private static int number(TrackedLocation location) {
        Integer sequence = location.sequence();
        if (sequence == null) {
            throw new IllegalArgumentException("a late location has no sequence");
        }
        return sequence;
    }
}
