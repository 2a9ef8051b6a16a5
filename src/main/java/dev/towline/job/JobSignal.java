package dev.towline.job;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Tells the runner of this instance that it should look for jobs now. Thread-safe. */
@Component
final class JobSignal {

    private final Semaphore raised = new Semaphore(0);

    /** Makes the next or present {@link #await} return. Does not block. */
    void raise() {
        raised.release();
    }

    /** Blocks until the signal is raised, or for this time at most. */
    void await(Duration atMost) throws InterruptedException {
        if (raised.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            raised.drainPermits();
        }
    }
}
