package dev.towline.localdax;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that goes on as another does and can be moved ahead of it. Thread-safe. */
public final class MovableClock implements InstantSource {

    private final InstantSource base;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    public MovableClock(InstantSource base) {
        this.base = base;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    /** Moves the clock, for ever. Caches and replication see the new time at once; what is delayed by a fault does not. */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("A clock does not go back: " + by);
        }
        ahead.accumulateAndGet(by, Duration::plus);
    }
}
