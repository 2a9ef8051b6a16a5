package dev.towline.tracking;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.towline.paging.Connection;
import dev.towline.paging.KeysetPage;
import dev.towline.paging.PageRequest;
import dev.towline.store.Order;
import dev.towline.store.SortKey;
import dev.towline.store.Store;
import dev.towline.viewer.Role;
import dev.towline.viewer.Viewer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads the trails of sessions: chunks from storage, and the tail that the session itself has. Blocking, thread-safe. */
@Component
class Trail {

    /** The most chunks that one request reads; with DynamoDB's megabyte a request, each may have a kilobyte. */
    private static final int MOST_CHUNKS = 1_000;

    /** Of a page: enough for a hundred fixes if each chunk has one, and below a megabyte if they have 500. */
    private static final int MOST_CHUNKS_OF_A_PAGE = 101;

    /** What most pages need: a chunk of a moving vehicle has some thirty fixes. */
    private static final int CHUNKS_OF_MOST_PAGES = 8;

    private static final Duration KEPT_FOR_STREAMS = Duration.ofSeconds(5);

    /** Of about a hundred bytes each. */
    private static final int MOST_FIXES_KEPT = 200_000;

    /** What streams read lately. Chunks never change, and this is kept only as long as many streams resume at one time. */
    private final Cache<SessionKey, NumberedFixes> recent = Caffeine.newBuilder()
            .expireAfterAccess(KEPT_FOR_STREAMS)
            .maximumWeight(MOST_FIXES_KEPT)
            .<SessionKey, NumberedFixes>weigher(
                    (_, numbered) -> numbered.fixes().size())
            .build();

    private final SessionTurns turns = new SessionTurns();
    private final Store store;
    private final SessionAccess access;

    Trail(Store store, SessionAccess access) {
        this.store = store;
        this.access = access;
    }

    /**
     * The trail as a viewer may see it. For a caller the session is read, because the given state may be from before its end.
     *
     * @see #page(TrackingSession, PageRequest)
     */
    Connection<TrackedLocation> page(Viewer viewer, TrackingSession session, PageRequest page) {
        return isVisible(viewer, session) ? page(session, page) : Connection.empty();
    }

    private boolean isVisible(Viewer viewer, TrackingSession session) {
        boolean isSeen = access.seesTrail(session, viewer);
        if (!isSeen || viewer.role() != Role.CALLER) {
            return isSeen;
        }
        TrackingSession now = store.getConsistently(Sessions.TABLE, session.key());
        return now != null && access.seesTrail(now, viewer);
    }

    /**
     * The trail by recorded time, oldest first. A page of a hundred costs two requests at most, one for numbered fixes
     * and one for LATE ones if there are any; more if there are thousands of LATE chunks.
     *
     * @param session a state of the session; fixes that arrived after it may be missing
     */
    Connection<TrackedLocation> page(TrackingSession session, PageRequest page) {
        return KeysetPage.fill(
                page,
                (after, limit) -> rows(session, after, limit),
                location -> SortKey.of(location.recordedAt()),
                locations -> locations.stream()
                        .<@Nullable TrackedLocation>map(l -> l)
                        .toList());
    }

    private List<TrackedLocation> rows(TrackingSession session, @Nullable String after, int limit) {
        NavigableMap<String, TrackedLocation> byTime = new TreeMap<>();
        boolean hasLate = session.tail().hasMovedLate();
        if (hasLate) {
            late(session.key()).forEach(chunk -> add(byTime, chunk.entries(), after));
        }
        add(byTime, session.tail().entries(), after);
        @Nullable String reached = after;
        int most = hasLate ? MOST_CHUNKS_OF_A_PAGE : CHUNKS_OF_MOST_PAGES;
        boolean isEnd;
        do {
            List<TrailChunk> chunks = chunks(session.key(), reached, TrailChunk.LATE, most);
            chunks.forEach(chunk -> add(byTime, chunk.entries(), after));
            isEnd = chunks.size() < most;
            reached = isEnd ? TrailChunk.LATE : chunks.getLast().sort();
            most = MOST_CHUNKS_OF_A_PAGE;
        } while (!isEnd && byTime.headMap(reached, true).size() < limit);
        return byTime.headMap(reached, true).values().stream().limit(limit).toList();
    }

    private static void add(Map<String, TrackedLocation> byTime, List<TailEntry> entries, @Nullable String after) {
        for (TrackedLocation location : Tail.locations(entries)) {
            String time = SortKey.of(location.recordedAt());
            if (after == null || time.compareTo(after) > 0) {
                byTime.put(time, location);
            }
        }
    }

    /**
     * The entries in storage that decide about fixes of these times: those of the same chunks with the fix before each,
     * and all LATE ones. Nothing is read for times
     * after all chunks.
     */
    List<TailEntry> around(TrackingSession session, List<Instant> times) {
        Instant movedThrough = session.tail().movedThrough();
        List<Instant> moved = movedThrough == null
                ? List.of()
                : times.stream()
                        .filter(time -> !time.isAfter(movedThrough))
                        .sorted()
                        .toList();
        if (moved.isEmpty()) {
            return List.of();
        }
        List<TailEntry> entries = new ArrayList<>();
        String reached = SortKey.of(moved.getFirst().minusMillis(1));
        String end = SortKey.of(moved.getLast());
        int most = moved.getFirst().equals(moved.getLast()) ? 1 : MOST_CHUNKS;
        List<TrailChunk> some;
        do {
            some = chunks(session.key(), reached, TrailChunk.LATE, most);
            some.forEach(chunk -> entries.addAll(chunk.withBefore()));
            reached = some.size() < most ? end : some.getLast().sort();
        } while (reached.compareTo(end) < 0);
        if (session.tail().hasMovedLate()) {
            late(session.key()).forEach(chunk -> entries.addAll(chunk.entries()));
        }
        return entries;
    }

    /**
     * The numbered fixes after a sequence, and one before them if there is one. Streams that resume at one time share the reads of chunks.
     *
     * @param session the current state
     */
    NumberedFixes numberedSince(TrackingSession session, int afterSequence) {
        NumberedFixes ofTail = NumberedFixes.of(session.tail(), List.of());
        TrackedLocation base = session.tail().base();
        if (base == null || ofTail.reaches(afterSequence)) {
            return ofTail;
        }
        NumberedFixes moved = turns.take(session.key(), () -> {
            NumberedFixes known = recent.getIfPresent(session.key());
            if (known == null || !known.reaches(afterSequence) || !known.fixes().contains(base)) {
                known = moved(session.key(), afterSequence);
                recent.put(session.key(), known);
            }
            return known;
        });
        NavigableMap<Integer, TrackedLocation> numbered = new TreeMap<>();
        put(numbered, session, moved.fixes().stream());
        put(numbered, session, ofTail.fixes().stream());
        return new NumberedFixes(List.copyOf(numbered.values()), moved.isFromStart());
    }

    /** The numbered fixes of chunks, down to one that is not after the sequence, or to the first. */
    private NumberedFixes moved(SessionKey key, int afterSequence) {
        List<TrackedLocation> newestFirst = new ArrayList<>();
        boolean isFromStart = false;
        String before = TrailChunk.LATE;
        int most = CHUNKS_OF_MOST_PAGES;
        List<TrailChunk> chunks;
        do {
            chunks = store.rows(TrailChunk.TABLE, key.tenant(), key.id(), null, before, Order.DESCENDING, most);
            for (TrailChunk chunk : chunks) {
                newestFirst.addAll(Tail.numbered(chunk.entries()).toList().reversed());
                isFromStart = chunk.before() == null;
                before = chunk.sort();
            }
            most = MOST_CHUNKS_OF_A_PAGE;
        } while (!chunks.isEmpty() && !isFromStart && !reaches(newestFirst, afterSequence));
        return new NumberedFixes(newestFirst.reversed(), isFromStart);
    }

    private static boolean reaches(List<TrackedLocation> newestFirst, int afterSequence) {
        Integer oldest = newestFirst.isEmpty() ? null : newestFirst.getLast().sequence();
        return oldest != null && oldest <= afterSequence;
    }

    /** Leaves out what was written after this state, because the state does not know the steps between. */
    private static void put(
            Map<Integer, TrackedLocation> numbered, TrackingSession session, Stream<TrackedLocation> locations) {
        locations.forEach(location -> {
            Integer sequence = location.sequence();
            if (sequence != null && sequence <= session.sequence()) {
                numbered.putIfAbsent(sequence, location);
            }
        });
    }

    private List<TrailChunk> late(SessionKey key) {
        List<TrailChunk> all = new ArrayList<>();
        List<TrailChunk> some;
        do {
            some = chunks(key, all.isEmpty() ? TrailChunk.LATE : all.getLast().sort(), null, MOST_CHUNKS);
            all.addAll(some);
        } while (some.size() == MOST_CHUNKS);
        return all;
    }

    private List<TrailChunk> chunks(SessionKey key, @Nullable String after, @Nullable String before, int limit) {
        return store.rows(TrailChunk.TABLE, key.tenant(), key.id(), after, before, Order.ASCENDING, limit);
    }
}
