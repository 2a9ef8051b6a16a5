package dev.towline.rate;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes when a test says so. Thread-safe. */
final class ManualTicker implements Ticker {

    /** A clock of nanoseconds may begin anywhere. */
    private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

    @Override
    public long read() {
        return nanos.get();
    }

    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
