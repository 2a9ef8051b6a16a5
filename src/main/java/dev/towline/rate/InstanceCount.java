package dev.towline.rate;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;

/** How many instances share the limits, by what was last known for sure. Thread-safe, does not block. */
final class InstanceCount {

    private final BooleanSupplier isKnown;
    private final IntSupplier others;
    private volatile int last;

    /**
     * @param assumed the number until it is known
     * @param isKnown whether {@code others} can be relied on now
     * @param others the number of other instances
     */
    InstanceCount(int assumed, BooleanSupplier isKnown, IntSupplier others) {
        this.last = assumed;
        this.isKnown = isKnown;
        this.others = others;
    }

    /** Takes note of the number, if it is known now. */
    void observe() {
        if (isKnown.getAsBoolean()) {
            last = 1 + others.getAsInt();
        }
    }

    /** The last number that was known, at least 1. */
    int get() {
        return last;
    }
}
