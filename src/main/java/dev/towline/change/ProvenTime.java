package dev.towline.change;

import java.util.function.LongSupplier;

/**
 * The time until which a shard of the bus is proven. The proof expires by time alone, so it does not depend on any thread. Thread-safe; never blocks.
 */
final class ProvenTime {

    private final LongSupplier nanos;
    private final long silenceNanos;

    /** The shard is proven before this time; 0 at first. */
    private volatile long untilNanos;

    /** @param nanos a monotonic clock that begins at 0 */
    ProvenTime(LongSupplier nanos, CoherenceSettings settings) {
        this.nanos = nanos;
        this.silenceNanos = settings.silence().toNanos();
    }

    boolean holds() {
        return nanos.getAsLong() < untilNanos;
    }

    /** Notes that it does not hold now. */
    void ends() {
        untilNanos = 0;
    }

    /** Notes that everything that was sent before this time has arrived. */
    void reaches(long arrivedNanos) {
        untilNanos = arrivedNanos + silenceNanos;
    }
}
