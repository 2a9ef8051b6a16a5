package dev.towline.vendor;

import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Compares the position indexes with DynamoDB from time to time, soon after the start for the first time, and mends what differs. It reads no
 * faster than the settings allow. Two at once mend the same differences, which is harmless.
 */
@Component
class VendorReconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(VendorReconciliation.class);

    /** How many vendors are read between two pauses. */
    private static final int BURST = 100;

    private final VendorIndexRebuild rebuild;
    private final Duration pause;
    private final Lock running = new ReentrantLock();

    VendorReconciliation(VendorIndexRebuild rebuild, SearchSettings settings) {
        this.rebuild = rebuild;
        this.pause = Duration.ofSeconds(BURST).dividedBy(settings.reconcileVendorsPerSecond());
    }

    /** Does not block: other scheduled tasks share its thread. */
    @Scheduled(
            initialDelayString = "${towline.search.reconcile-after:30s}",
            fixedDelayString = "${towline.search.reconcile-every:1h}")
    void runSoon() {
        Thread.ofVirtual().name("vendor-reconciliation").start(() -> {
            if (running.tryLock()) {
                try {
                    run();
                } finally {
                    running.unlock();
                }
            }
        });
    }

    /** Compares all vendors. Blocks. */
    void run() {
        try {
            int[] read = {0};
            rebuild.all(_ -> {
                read[0]++;
                if (read[0] % BURST == 0) {
                    LockSupport.parkNanos(pause.toNanos());
                }
            });
            LOG.info("vendor index reconciled: {} vendors", read[0]);
        } catch (RuntimeException e) {
            LOG.warn("vendor index not reconciled: {}", e.getMessage());
        }
    }
}
