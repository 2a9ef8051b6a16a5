package dev.towline.tracking;

import dev.towline.store.Write;
import java.util.ArrayList;
import java.util.List;

/**
 * The writes of the next state of a session, for one transaction. A tail that does not fit moves to the trail. At the end of a session all of
 * it moves, because the trail expires and sessions do not.
 *
 * @param session the state that is written
 * @param chunks what moves to the trail
 */
record SessionWrite(TrackingSession session, List<TrailChunk> chunks) {

    /** How many numbered entries stay in the tail when the others move, for watchers that missed a message. */
    private static final int KEPT_ENTRIES = 8;

    /** @param next the next state with all its fixes in the tail */
    static SessionWrite of(TrackingSession next) {
        boolean isEnd = next.status().isEnd();
        if (!isEnd && SessionItems.fits(next)) {
            return new SessionWrite(next, List.of());
        }
        Tail.Split split = next.tail().keeping(isEnd ? 0 : KEPT_ENTRIES);
        return new SessionWrite(next.with(split.rest()), TrailChunk.of(next, split.moved()));
    }

    /** All writes, that of the session first. */
    List<Write<?>> all() {
        List<Write<?>> all = new ArrayList<>();
        all.add(new Write<>(Sessions.TABLE, session));
        chunks.forEach(chunk -> all.add(new Write<>(TrailChunk.TABLE, chunk)));
        return all;
    }
}
