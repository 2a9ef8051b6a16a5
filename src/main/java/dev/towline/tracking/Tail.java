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
 * @param movedThrough the latest recorded time of the numbered fixes that moved to the trail, null if none did
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

    /** Keeps the newest entries and moves the others. */
    Split keeping(int count) {
        int cut = Math.max(0, entries.size() - count);
        List<TailEntry> moved = entries.subList(0, cut);
        List<TailEntry> numbered =
                moved.stream().filter(entry -> entry.sequence() != null).toList();
        Tail rest = new Tail(
                newest(moved, base),
                entries.subList(cut, entries.size()),
                numbered.isEmpty() ? movedThrough : numbered.getLast().recordedAt(),
                hasMovedLate || numbered.size() < moved.size());
        return new Split(rest, moved);
    }

    /** The newest numbered fix of the trail, null if there is none. */
    @Nullable
    TrackedLocation newest() {
        return newest(entries, base);
    }

    /** The fixes of the trail that the tail contains, in the order in which they arrived. */
    List<TrackedLocation> locations() {
        return locations(entries);
    }

    /** The numbered fixes that the tail contains, and its base, in the order of their numbers. */
    List<TrackedLocation> numbered() {
        List<TrackedLocation> numbered = new ArrayList<>(entries.size() + 1);
        if (base != null) {
            numbered.add(base);
        }
        locations().stream().filter(location -> location.sequence() != null).forEach(numbered::add);
        return numbered;
    }

    /** The fixes of the trail among these entries. */
    static List<TrackedLocation> locations(List<TailEntry> entries) {
        return entries.stream()
                .filter(TailEntry.Stored.class::isInstance)
                .map(entry -> ((TailEntry.Stored) entry).location())
                .toList();
    }

    private static @Nullable TrackedLocation newest(List<TailEntry> entries, @Nullable TrackedLocation otherwise) {
        return locations(entries).reversed().stream()
                .filter(location -> Objects.nonNull(location.sequence()))
                .findFirst()
                .orElse(otherwise);
    }
}
