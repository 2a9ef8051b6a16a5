package dev.towline.change;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/** Time that the test controls, as nanoseconds from 0 and as a clock. For one thread. */
final class ManualTime implements LongSupplier, InstantSource {

    private Duration passed = Duration.ZERO;

    void pass(Duration time) {
        passed = passed.plus(time);
    }

    @Override
    public long getAsLong() {
        return passed.toNanos();
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plus(Duration.ofDays(20_000)).plus(passed);
    }
}
