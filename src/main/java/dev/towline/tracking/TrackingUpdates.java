package dev.towline.tracking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the {@link TrackingUpdate}s of a session from a state of it and its numbered fixes.
 *
 * @param epoch the epoch of the table of sessions
 */
record TrackingUpdates(TrackingSession session, String epoch) {

    /** The current state, followed by the final update if the session has ended. */
    List<TrackingUpdate> snapshot() {
        TrackedLocation location = session.currentLocation();
        Instant lastLocationAt = location == null ? Instant.MIN : location.receivedAt();
        Instant lastStatusChangeAt = session.steps().getLast().at();
        TrackingUpdate snapshot = update(
                TrackingUpdateKind.SNAPSHOT,
                session.sequence(),
                lastLocationAt.isAfter(lastStatusChangeAt) ? lastLocationAt : lastStatusChangeAt,
                location);
        if (!session.status().isEnd()) {
            return List.of(snapshot);
        }
        return List.of(snapshot, statusChange(session.steps().getLast(), location));
    }

    /**
     * The updates of the write that led to this state, and the last update if the write gave no number: a stream that missed it gets it
     * then. Those of a large batch that moved to the trail are missing if {@code moved} does not have them.
     *
     * @param moved the entries that moved to the trail with the write, as far as this instance knows them
     */
    List<TrackingUpdate> ofWrite(List<TailEntry> moved) {
        return since(session.sequence() - Math.max(1, session.numbersGiven()), NumberedFixes.of(session.tail(), moved));
    }

    /** The updates after a number that this state knows by itself, up to a number. */
    List<TrackingUpdate> between(int afterSequence, int upToSequence) {
        return since(afterSequence, NumberedFixes.of(session.tail(), List.of())).stream()
                .filter(update -> update.sequence() <= upToSequence)
                .toList();
    }

    /** Tells that the changes up to this number were lost. */
    TrackingUpdate gap(int sequence, Instant at) {
        return update(TrackingUpdateKind.GAP, sequence, at, null);
    }

    /**
     * The updates with a sequence number greater than {@code afterSequence}, in ascending order, as far as these fixes tell them. The location
     * as of a step is unknown if the step came before these fixes.
     */
    List<TrackingUpdate> since(int afterSequence, NumberedFixes numbered) {
        List<TrackedLocation> ascending = withCurrent(numbered.fixes(), session.currentLocation());
        int knownFrom = numbered.isFromStart() || ascending.isEmpty() ? 0 : sequenceOf(ascending.getFirst());
        Stream<TrackingUpdate> moves = ascending.stream().map(this::move);
        Stream<TrackingUpdate> statusChanges = session.steps().stream()
                .filter(change -> change.sequence() > knownFrom)
                .map(change -> statusChange(change, lastBefore(ascending, change.sequence())));
        List<TrackingUpdate> updates = Stream.concat(moves, statusChanges)
                .sorted(Comparator.comparingInt(TrackingUpdate::sequence))
                .toList();
        return linked(updates, knownFrom).stream()
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

    /** Lets each update account for the numbers between the update before and itself, where nothing else has them. */
    private static List<TrackingUpdate> linked(List<TrackingUpdate> updates, int knownFrom) {
        List<TrackingUpdate> linked = new ArrayList<>(updates.size());
        int before = 0;
        for (TrackingUpdate update : updates) {
            linked.add(before >= knownFrom ? update.accountingFrom(before + 1) : update);
            before = update.sequence();
        }
        return linked;
    }

    private TrackingUpdate move(TrackedLocation location) {
        return update(TrackingUpdateKind.LOCATION, sequenceOf(location), location.receivedAt(), location);
    }

    private TrackingUpdate statusChange(StatusChange change, @Nullable TrackedLocation location) {
        TrackingUpdateKind kind = change.status().isEnd() ? TrackingUpdateKind.ENDED : TrackingUpdateKind.STATUS;
        return update(kind, change.sequence(), change.at(), location);
    }

    private TrackingUpdate update(
            TrackingUpdateKind kind, int sequence, Instant at, @Nullable TrackedLocation location) {
        return new TrackingUpdate(
                session, epoch, kind, sequence, sequence, at, null, location, session.statusAt(sequence));
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
