package dev.towline.change;

import java.util.function.LongSupplier;

/**
 * How long it is known that what others write arrives here. It ends by itself as time passes, whatever any thread does. Thread-safe;
 * never blocks.
 */
final class ProvenTime {

    private final LongSupplier nanos;
    private final long silenceNanos;

    /** It holds before this moment; at first, none. */
    private volatile long untilNanos;

    /** @param nanos the time, monotonic, from 0 */
    ProvenTime(LongSupplier nanos, CoherenceSettings settings) {
        this.nanos = nanos;
        this.silenceNanos = settings.silence().toNanos();
    }

    boolean holds() {
        return nanos.getAsLong() < untilNanos;
    }

    /** Everything that was sent up to then was heard. */
    void reaches(long heardNanos) {
        untilNanos = heardNanos + silenceNanos;
    }
}
