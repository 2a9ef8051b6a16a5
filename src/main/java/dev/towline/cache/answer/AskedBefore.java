package dev.towline.cache.answer;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What was asked for lately, by hash codes. Each has one place in a table, and the last one at a place is known. So what is asked for only once
 * is forgotten after some ten thousand other requests. Thread-safe, does not block.
 */
public final class AskedBefore {

    private static final int PLACES = 1 << 15;

    private final AtomicIntegerArray known = new AtomicIntegerArray(PLACES);

    /** Creates one that knows nothing. It takes 128 KiB. */
    public AskedBefore() {}

    /** Whether something with this hash code was asked for lately. Notes that it is asked for now. */
    public boolean test(int hashCode) {
        int spread = hashCode * 0x9E3779B9;
        int place = spread >>> 17;
        // 0 stands for nothing.
        int mark = spread == 0 ? 1 : spread;
        if (known.getPlain(place) == mark) {
            return true;
        }
        known.setPlain(place, mark);
        return false;
    }
}
