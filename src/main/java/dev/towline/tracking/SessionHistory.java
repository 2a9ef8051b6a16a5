package dev.towline.tracking;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells a session's life as updates, from the session and its numbered locations. Pure. */
final class SessionHistory {

    private SessionHistory() {}

    /** The present state; of a session that has ended, followed by its end. */
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
     * The changes that one write made, which holds either locations or one step.
     *
     * @param session as the write left it
     * @param moved the locations that the write numbered, in any order
     */
    static List<TrackingUpdate> ofWrite(TrackingSession session, List<TrackedLocation> moved) {
        int before = session.sequence() - Math.max(1, moved.size());
        TrackedLocation current = session.currentLocation();
        return between(
                session, before, session.sequence(), moved.isEmpty() && current != null ? List.of(current) : moved);
    }

    /**
     * The changes after one number, up to and including another.
     *
     * @param numbered the locations of these changes, in any order, and the last one before them, if there was one
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
            throw new IllegalArgumentException("a late location has no number");
        }
        return sequence;
    }
}
