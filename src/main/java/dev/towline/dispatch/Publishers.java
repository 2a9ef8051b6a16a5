package dev.towline.dispatch;

import dev.towline.store.NumberedChanges;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How far this instance has followed each publisher of changes, and from where on its log has all of its changes. Decides which positions
 * can be resumed. Not thread-safe.
 *
 * <p>After each gap, this instance uses up a number of its own ({@link dev.towline.store.NumberedChanges#missed}), and {@link #restart}
 * sets its own floor after that number. So a position that reaches the floors was issued by an instance that had received everything that
 * was published before the gap, and publishers that this instance has never heard of do not matter.
 */
final class Publishers {

    /** The most stopped publishers that are remembered. */
    private static final int MAX_ENDED = 64;

    private final Map<Long, Publisher> known = new LinkedHashMap<>();

    /** Whether {@link #restart} was called. Before, this instance cannot know what it has missed. */
    private boolean started;

    /** What was known when the last of the forgotten publishers of each order stopped. Positions must be from later. */
    private final Map<Integer, Position> forgotten = new HashMap<>();

    private enum State {
        LIVE,
        /** It said goodbye. */
        ENDED,
        /** It became silent without a goodbye, so nobody knows what it wrote last. */
        LOST
    }

    private static final class Publisher {

        private State state = State.LIVE;

        /** The place after its last message. */
        private Place head = Place.START;

        /** The log has every change from here on. */
        private Place floor = Place.START;

        /** What was known when it ended. */
        private Position end = Position.NOTHING;
    }

    /** Notes that a message is in the log now. */
    void applied(long id, long number) {
        Publisher publisher = publisher(id);
        if (publisher.state != State.LIVE || publisher.head.number() != number) {
            publisher.floor = new Place(number, 0);
        }
        publisher.state = State.LIVE;
        publisher.head = Place.after(number);
    }

    /** Notes the last number of a publisher. If that is higher than expected, {@link #restart} follows. */
    void reached(long id, long number) {
        if (number == 0 && !known.containsKey(id)) {
            return;
        }
        Publisher publisher = publisher(id);
        Place reached = Place.after(number);
        if (publisher.state == State.LOST || publisher.head.isBefore(reached)) {
            publisher.head = reached;
            publisher.floor = reached;
        }
        publisher.state = State.LIVE;
    }

    /**
     * Notes that a publisher has stopped.
     *
     * @return a publisher that stopped earlier and is forgotten now, whose changes the log must drop; null if there is none
     */
    @Nullable
    Long left(long id) {
        Publisher publisher = known.remove(id);
        if (publisher == null) {
            return null;
        }
        known.put(id, publisher);
        publisher.state = State.ENDED;
        publisher.end = heads(_ -> true);
        return forgetOldest();
    }

    void lost(long id) {
        if (known.containsKey(id)) {
            publisher(id).state = State.LOST;
        }
    }

    /** Notes that the log has dropped a change. */
    void dropped(long id, Place place) {
        Publisher publisher = known.get(id);
        if (publisher != null && publisher.floor.isBefore(place.next())) {
            publisher.floor = place.next();
        }
    }

    /** Notes that the log is empty, and that changes may have been missed before. */
    void restart() {
        started = true;
        forgotten.clear();
        known.values().removeIf(publisher -> publisher.state == State.ENDED);
        known.values().forEach(publisher -> publisher.floor = publisher.head);
    }

    /** The position of a board that has seen everything. */
    Position head() {
        return heads(publisher -> publisher.state != State.LOST);
    }

    /** The position from which a board can go on here; null if the log lacks something that it has not seen. */
    @Nullable
    Position resumed(Position given) {
        if (!started || !isAheadOfForgotten(given)) {
            return null;
        }
        Position resumed = given;
        for (Map.Entry<Long, Publisher> each : known.entrySet()) {
            long id = each.getKey();
            Publisher publisher = each.getValue();
            boolean isMentioned = given.mentions(id);
            if (publisher.state == State.LOST) {
                if (isMentioned) {
                    return null;
                }
            } else if (publisher.state == State.ENDED
                    && !isMentioned
                    && isAhead(given, publisher.end, NumberedChanges.order(id))) {
                // issued after the end by an instance that does not mention the publisher any more
                resumed = resumed.with(id, publisher.head);
            } else if (given.of(id).isBefore(publisher.floor)) {
                return null;
            }
        }
        return resumed;
    }

    /**
     * The part of a position that clients need: without publishers that this instance does not follow, and without ended ones whose end the
     * rest of the position tells.
     */
    Position told(Position seen) {
        Map<Long, Place> told = new HashMap<>(seen.places());
        told.keySet().removeIf(id -> {
            Publisher publisher = known.get(id);
            return publisher == null
                    || publisher.state == State.LOST
                    || (publisher.state == State.ENDED
                            && !seen.of(id).isBefore(publisher.head)
                            && isAhead(seen, publisher.end, NumberedChanges.order(id)));
        });
        return new Position(told);
    }

    private Publisher publisher(long id) {
        return known.computeIfAbsent(id, _ -> new Publisher());
    }

    private Position heads(Predicate<Publisher> which) {
        Map<Long, Place> heads = new HashMap<>();
        known.forEach((id, publisher) -> {
            if (which.test(publisher)) {
                heads.put(id, publisher.head);
            }
        });
        return new Position(heads);
    }

    /** Whether the position has something of a publisher known here and of this order that was published after this state of all publishers. */
    private boolean isAhead(Position position, Position state, int order) {
        return known.keySet().stream()
                .anyMatch(
                        id -> NumberedChanges.order(id) == order && state.of(id).isBefore(position.of(id)));
    }

    private boolean isAheadOfForgotten(Position position) {
        return forgotten.entrySet().stream().allMatch(each -> isAhead(position, each.getValue(), each.getKey()));
    }

    private @Nullable Long forgetOldest() {
        List<Long> ended = known.keySet().stream()
                .filter(id -> publisher(id).state == State.ENDED)
                .toList();
        if (ended.size() <= MAX_ENDED) {
            return null;
        }
        long oldest = ended.getFirst();
        forgotten.put(NumberedChanges.order(oldest), publisher(oldest).end);
        known.remove(oldest);
        return oldest;
    }
}
