package dev.towline.dynamo;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that begins with the time of another one, and does not follow when that is set. Version floors would otherwise end when the time
 * of the machine is corrected, but the items of DAX would not. Thread-safe.
 */
record SteadyClock(Instant begun, long begunNanos) implements InstantSource {

    static SteadyClock from(InstantSource clock) {
        return new SteadyClock(clock.instant(), System.nanoTime());
    }

    @Override
    public Instant instant() {
        return begun.plusNanos(System.nanoTime() - begunNanos);
    }
}
