package dev.towline.tracking;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last fixes of a session, which its item contains so that a fix costs one write. When the item becomes too large, the oldest entries
 * move to the trail ({@link TrailChunk}) in the transaction that writes the session.
 *
 * @param base the last numbered fix of the trail before the entries, null if there is none
 * @param entries in the order in which they arrived
 * @param movedThrough the latest recorded time of the fixes that moved to the trail, null if none did
 * @param hasMovedLate whether LATE fixes moved to the trail
 */
record Tail(
        @Nullable TrackedLocation base,
        List<TailEntry> entries,
        @Nullable Instant movedThrough,
        boolean hasMovedLate) {

    static final Tail EMPTY = new Tail(null, List.of(), null, false);

    Tail {
        entries = List.copyOf(entries);
    }

    /** What is left of a tail, and the entries that move to the trail. */
    record Split(Tail rest, List<TailEntry> moved) {}

    /** This tail with further entries. */
    Tail plus(List<TailEntry> further) {
        return new Tail(base, Stream.concat(entries.stream(), further.stream()).toList(), movedThrough, hasMovedLate);
    }

    /** Keeps the newest numbered entries, and moves the others and all LATE ones. */
    Split keeping(int count) {
        int numbered =
                (int) entries.stream().filter(entry -> entry.sequence() != null).count();
        int left = Math.max(0, numbered - count);
        List<TailEntry> moved = new ArrayList<>();
        List<TailEntry> kept = new ArrayList<>();
        for (TailEntry entry : entries) {
            if (entry.sequence() == null) {
                moved.add(entry);
            } else {
                (left-- > 0 ? moved : kept).add(entry);
            }
        }
        Instant through = moved.stream()
                .map(TailEntry::recordedAt)
                .reduce(movedThrough, (one, other) -> one == null || other.isAfter(one) ? other : one);
        boolean movesLate = moved.stream().anyMatch(entry -> entry.sequence() == null);
        return new Split(new Tail(newest(moved, base), kept, through, hasMovedLate || movesLate), moved);
    }

    /** This tail, with the fix in place of what it kept of it as LIVE_ONLY. */
    Tail storing(TrackedLocation liveOnly) {
        return new Tail(
                base,
                entries.stream()
                        .map(entry -> Objects.equals(entry.sequence(), liveOnly.sequence())
                                ? new TailEntry.Stored(liveOnly)
                                : entry)
                        .toList(),
                movedThrough,
                hasMovedLate);
    }

    /** The newest numbered fix of the trail, null if there is none. */
    @Nullable
    TrackedLocation newestInTrail() {
        return newest(entries, base);
    }

    /** The fixes of the trail that the tail contains, in the order in which they arrived. */
    List<TrackedLocation> locations() {
        return locations(entries);
    }

    /** The base and the numbered fixes that the tail contains, in the order of their numbers. */
    List<TrackedLocation> numbered() {
        return Stream.concat(Stream.ofNullable(base), numbered(entries)).toList();
    }

    /** The numbered fixes of the trail among these entries. */
    static Stream<TrackedLocation> numbered(List<TailEntry> entries) {
        return locations(entries).stream().filter(location -> location.sequence() != null);
    }

    /** The fixes of the trail among these entries. */
    static List<TrackedLocation> locations(List<TailEntry> entries) {
        return entries.stream()
                .filter(TailEntry.Stored.class::isInstance)
                .map(entry -> ((TailEntry.Stored) entry).location())
                .toList();
    }

    private static @Nullable TrackedLocation newest(List<TailEntry> entries, @Nullable TrackedLocation otherwise) {
        return numbered(entries).reduce(otherwise, (_, later) -> later);
    }
}
