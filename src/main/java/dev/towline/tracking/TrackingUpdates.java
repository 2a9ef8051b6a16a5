package dev.towline.tracking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Builds the {@link TrackingUpdate}s of a session from the session and its numbered fixes. Pure functions. */
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
     * The updates of one write. Those of a large batch that moved to the trail are missing if {@code moved} does not have them.
     *
     * @param session the session after the write
     * @param moved the entries that moved to the trail with the write, as far as this instance knows them
     */
    static List<TrackingUpdate> ofWrite(TrackingSession session, List<TailEntry> moved) {
        List<TrackedLocation> numbered = Stream.concat(Tail.numbered(moved), session.tail().numbered().stream())
                .distinct()
                .toList();
        return since(session, session.sequence() - session.numbersGiven(), numbered);
    }

    /**
     * The updates with a sequence number greater than {@code afterSequence}, in ascending order.
     *
     * @param numbered all numbered fixes of the trail from some fix on, in ascending order
     */
    static List<TrackingUpdate> since(TrackingSession session, int afterSequence, List<TrackedLocation> numbered) {
        List<TrackedLocation> ascending = withCurrent(numbered, session.currentLocation());
        Stream<TrackingUpdate> moves = ascending.stream().map(location -> move(session, location));
        Stream<TrackingUpdate> statusChanges = session.steps().stream()
                .map(change -> statusChange(session, change, lastBefore(ascending, change.sequence())));
        List<TrackingUpdate> updates = Stream.concat(moves, statusChanges)
                .sorted(Comparator.comparingInt(TrackingUpdate::sequence))
                .toList();
        return linked(updates, completeFrom(session, ascending)).stream()
                .filter(update -> update.sequence() > afterSequence)
                .toList();
    }

    /** The current location is not among the fixes of the trail if it is LIVE_ONLY. */
    private static List<TrackedLocation> withCurrent(
            List<TrackedLocation> numbered, @Nullable TrackedLocation current) {
        if (current == null || (!numbered.isEmpty() && sequenceOf(numbered.getLast()) >= sequenceOf(current))) {
            return numbered;
        }
        return Stream.concat(numbered.stream(), Stream.of(current)).toList();
    }

    /** The number from which on these fixes are all that the trail has. */
    private static int completeFrom(TrackingSession session, List<TrackedLocation> ascending) {
        return session.tail().movedThrough() == null || ascending.isEmpty() ? 0 : sequenceOf(ascending.getFirst());
    }

    /** Lets each update account for the numbers between the update before and itself, where nothing else has them. */
    private static List<TrackingUpdate> linked(List<TrackingUpdate> updates, int completeFrom) {
        List<TrackingUpdate> linked = new ArrayList<>(updates.size());
        int before = 0;
        for (TrackingUpdate update : updates) {
            linked.add(before >= completeFrom ? update.accountingFrom(before + 1) : update);
            before = update.sequence();
        }
        return linked;
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
        return new TrackingUpdate(session, kind, sequence, sequence, at, null, location, session.statusAt(sequence));
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
