package dev.towline.tracking;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs the intake of one session one call after another on this instance, in the order of the calls. This avoids write conflicts, each of
 * which costs three requests more. The condition of each write holds against all other writers. Thread-safe.
 */
final class SessionTurns {

    /** Sessions whose keys share a stripe wait for each other; with 50 concurrent writers this is about one pair. */
    private static final int STRIPES = 1024;

    private final Lock[] stripes =
            Stream.generate(() -> new ReentrantLock(true)).limit(STRIPES).toArray(Lock[]::new);

    /**
     * Waits for the turn of this caller, then runs the work. Blocking.
     *
     * @param key the key of the session, or what else calls have turns for
     */
    <R extends @Nullable Object> R take(Object key, Supplier<R> work) {
        Lock turn = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }
}
