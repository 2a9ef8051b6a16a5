package dev.towline.tracking;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets those who write to the same session through this instance take turns, in the order in which they came. It spares them conflicts, which
 * cost three requests more each and come the more often the slower the store is; what keeps writers apart that are on different instances is
 * the condition of each write. Thread-safe.
 */
final class SessionTurns {

    /** Sessions whose keys fall together wait for one another needlessly: with 50 writers at once, about one pair does. */
    private static final int STRIPES = 1024;

    private final Lock[] stripes =
            Stream.generate(() -> new ReentrantLock(true)).limit(STRIPES).toArray(Lock[]::new);

    /** Blocks, parking a virtual thread, until it is this caller's turn, then does the work. */
    <R> R take(SessionKey key, Supplier<R> work) {
        Lock turn = stripes[Math.floorMod(key.hashCode(), STRIPES)];
        turn.lock();
        try {
            return work.get();
        } finally {
            turn.unlock();
        }
    }
}
