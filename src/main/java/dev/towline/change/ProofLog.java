package dev.towline.change;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs when the bus stops being proven, and for how long it was not. For one thread. */
final class ProofLog {

    private static final Logger LOG = LoggerFactory.getLogger(ProofLog.class);

    private final BooleanSupplier proven;
    private final LongSupplier nanos;
    private boolean wasProven;

    /** Since when the bus is not proven; meaningless before it was proven for the first time. */
    private long unprovenSinceNanos;

    private boolean wasEverProven;

    ProofLog(BooleanSupplier proven, LongSupplier nanos) {
        this.proven = proven;
        this.nanos = nanos;
    }

    /** Call it regularly. */
    void look() {
        boolean isProven = proven.getAsBoolean();
        if (isProven == wasProven) {
            return;
        }
        wasProven = isProven;
        if (!isProven) {
            unprovenSinceNanos = nanos.getAsLong();
            LOG.warn("Changes of other instances may not arrive, so little is served from memory until they do");
        } else if (wasEverProven) {
            LOG.info(
                    "Changes of other instances arrive again, after {} ms",
                    TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - unprovenSinceNanos));
        }
        wasEverProven |= isProven;
    }
}
