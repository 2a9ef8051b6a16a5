package dev.towline.dispatch;

import dev.towline.store.EntityRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The logged changes of one tenant in the order of their arrival, and the boards that follow them. Not thread-safe. */
final class TenantChanges {

    /** May be read by any thread. */
    final Set<Board> boards = ConcurrentHashMap.newKeySet();

    private final NavigableMap<Long, Arrived> byArrival = new TreeMap<>();
    private final Map<EntityRef, Arrived> newest = new HashMap<>();

    /**
     * A change with its arrival.
     *
     * @param number the number of the arrival on this instance, from 1
     */
    record Arrived(long number, Instant at, LoggedChange change) {}

    /**
     * Adds a change, unless a newer one of the same object makes it needless.
     *
     * @return the change that the new one made needless, which is not in this log any more; the new one itself if it is needless; null if
     *     there is none
     */
    @Nullable
    Arrived add(Arrived arrived) {
        LoggedChange change = arrived.change;
        Arrived last = newest.get(change.object());
        if (last != null && last.change.replaces(change)) {
            return arrived;
        }
        byArrival.put(arrived.number, arrived);
        if (last == null || last.change.version() < change.version()) {
            newest.put(change.object(), arrived);
        }
        if (last != null && change.replaces(last.change)) {
            byArrival.remove(last.number);
            return last;
        }
        return null;
    }

    /** Drops a change to make room. Boards that have not read it must begin anew. */
    void drop(Arrived arrived) {
        byArrival.remove(arrived.number);
        newest.remove(arrived.change.object(), arrived);
        for (Board board : boards) {
            if (board.read < arrived.number && board.reset == null) {
                board.reset = ResetReason.TOO_SLOW;
            }
        }
    }

    /** Drops all changes, because some may be missing. */
    void restart() {
        byArrival.clear();
        newest.clear();
        boards.forEach(board -> board.reset = ResetReason.GAP);
    }

    /** The changes after this arrival, in the order of their arrivals. */
    NavigableMap<Long, Arrived> after(long arrival) {
        return byArrival.tailMap(arrival, false);
    }

    /** The changes that arrived at this time or later, the last one first. */
    Iterable<Arrived> since(Instant time) {
        return () -> byArrival.descendingMap().values().stream()
                .takeWhile(arrived -> !arrived.at.isBefore(time))
                .iterator();
    }

    boolean isUnused() {
        return byArrival.isEmpty() && boards.isEmpty();
    }
}
