package dev.towline.tracking;

import java.util.List;
import java.util.stream.Stream;

/**
 * The numbered fixes of a trail from some fix on.
 *
 * @param fixes in the order of their numbers
 * @param isFromStart whether the trail has none before them
 */
record NumberedFixes(List<TrackedLocation> fixes, boolean isFromStart) {

    NumberedFixes {
        fixes = List.copyOf(fixes);
    }

    /** Whether these are all fixes after a sequence, and one before them if there is one. */
    boolean reaches(int afterSequence) {
        Integer oldest = fixes.isEmpty() ? null : fixes.getFirst().sequence();
        return isFromStart || (oldest != null && oldest <= afterSequence);
    }

    /** Those that a tail knows, and entries that moved out of it just now. */
    static NumberedFixes of(Tail tail, List<TailEntry> moved) {
        List<TrackedLocation> fixes = Stream.concat(Tail.numbered(moved), tail.numbered().stream())
                .distinct()
                .toList();
        return new NumberedFixes(fixes, tail.base() == null);
    }
}
