package dev.towline.vendor;

import dev.towline.job.Job;
import dev.towline.job.JobKind;
import dev.towline.job.Jobs;
import dev.towline.problem.Require;
import dev.towline.problem.Unavailable;
import dev.towline.redis.RedisDown;
import dev.towline.store.Store;
import java.time.Duration;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Starts reconciliations: one for the whole service from time to time, soon after the start for the first time, and whenever somebody asks for it.
 * Each instance also compares its own grids with Redis. Thread-safe.
 */
@Component
class VendorReconciliations {

    private static final Logger LOG = LoggerFactory.getLogger(VendorReconciliations.class);

    /** So that a job looks every second whether it is to stop, and others need not wait for days. */
    private static final int FEWEST_PER_SECOND = 100;

    private static final int MOST_PER_SECOND = 1_000_000;

    private final Jobs jobs;
    private final Store store;
    private final VendorIndexRebuild rebuild;
    private final Duration atMostEvery;
    private final Lock running = new ReentrantLock();

    VendorReconciliations(Jobs jobs, Store store, VendorIndexRebuild rebuild, SearchSettings settings) {
        this.jobs = jobs;
        this.store = store;
        this.rebuild = rebuild;
        // a little less, because no two looks are exactly that far apart
        this.atMostEvery = settings.reconcileEvery().multipliedBy(9).dividedBy(10);
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

    /** Starts the job unless an instance has done so lately, and compares the grids of this one. Blocking. */
    void run() {
        try {
            start(Jobs.BY_ITSELF, "", atMostEvery);
        } catch (Unavailable away) {
            LOG.warn("no reconciliation of vendors begun: {}", away.getMessage());
        }
        try {
            rebuild.compareGrids();
        } catch (Unavailable | RedisDown away) {
            LOG.warn("vendors in memory not compared: {}", away.getMessage());
        }
    }

    /** Starts the job unless one waits or runs. Blocking. Returns that job. */
    Job start(String startedBy, StartVendorReconciliationInput input) {
        Integer vendorsPerSecond = input.vendorsPerSecond();
        if (vendorsPerSecond == null) {
            return start(startedBy, "", Duration.ZERO);
        }
        Require.within("input.vendorsPerSecond", vendorsPerSecond, FEWEST_PER_SECOND, MOST_PER_SECOND);
        return start(startedBy, vendorsPerSecond.toString(), Duration.ZERO);
    }

    private Job start(String startedBy, String input, Duration since) {
        return jobs.startForService(
                startedBy,
                new Jobs.Task(JobKind.VENDOR_RECONCILIATION, input, store.approximateCount(Vendors.TABLE)),
                since);
    }
}
