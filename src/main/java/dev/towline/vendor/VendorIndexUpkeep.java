package dev.towline.vendor;

import dev.towline.job.JobKind;
import dev.towline.job.JobRunner;
import dev.towline.job.JobStatus;
import dev.towline.store.ChangeFeed;
import dev.towline.store.Store;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Loads the grids of this instance, and rebuilds the position indexes that may lack writes, in the background. */
@Component
class VendorIndexUpkeep {

    private static final Logger LOG = LoggerFactory.getLogger(VendorIndexUpkeep.class);

    /** How long it rests after the first rebuild that did not succeed, and after many: each time twice as long. */
    private static final Duration FIRST_REST = Duration.ofSeconds(2);

    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final VendorIndex index;
    private final VendorGrids grids;
    private final SharedVendorIndex shared;
    private final VendorIndexLoads loads;
    private final VendorIndexRebuild rebuild;
    private final JobRunner jobs;
    private final Store store;
    private final VendorIndexMetrics metrics;
    private final ChangeFeed feed;
    private final InstantSource clock;
    private final Lock running = new ReentrantLock();

    /** No rebuild begins before. Only the running thread uses it. */
    private Instant notBefore = Instant.MIN;

    private Duration rest = FIRST_REST;

    VendorIndexUpkeep(
            VendorIndex index,
            VendorGrids grids,
            SharedVendorIndex shared,
            VendorIndexLoads loads,
            VendorIndexRebuild rebuild,
            JobRunner jobs,
            Store store,
            VendorIndexMetrics metrics,
            ChangeFeed feed,
            InstantSource clock) {
        this.index = index;
        this.grids = grids;
        this.shared = shared;
        this.loads = loads;
        this.rebuild = rebuild;
        this.jobs = jobs;
        this.store = store;
        this.metrics = metrics;
        this.feed = feed;
        this.clock = clock;
    }

    /** Does soon what there is to do. Does not block: other scheduled tasks share its thread. */
    @Scheduled(fixedDelayString = "${towline.search.rebuild-delay:1s}")
    void runSoon() {
        Thread.ofVirtual().name("vendor-index").start(() -> {
            if (running.tryLock()) {
                try {
                    run();
                } finally {
                    running.unlock();
                }
            }
        });
    }

    /**
     * Does what there is to do. Blocks. It loads no grid while the changes of other instances may not arrive: the grid would lack them again,
     * and the next gap asks for all of it.
     */
    void run() {
        grids.review();
        settleDoubts();
        boolean isProven = feed.isProven();
        if (index.mayLackWrites()) {
            rebuildAll(isProven);
        }
        if (!isProven) {
            fillLastKnown();
            return;
        }
        grids.toLoad().forEach(loads::load);
        index.takeUnbuilt().forEach(this::build);
    }

    private void build(Tenant tenant) {
        try {
            if (!rebuild.of(tenant)) {
                index.notBuilt(tenant);
            }
        } catch (RuntimeException e) {
            index.notBuilt(tenant);
            LOG.warn("vendor index of a tenant not built in Redis: {}", e.getMessage());
        }
    }

    private void settleDoubts() {
        List<VendorKey> keys = index.takeUnsettled();
        if (keys.isEmpty()) {
            return;
        }
        try {
            rebuild.of(keys);
        } catch (RuntimeException e) {
            index.doubt(keys);
            LOG.warn("the outcome of writes to {} vendors is still unknown: {}", keys.size(), e.getMessage());
        }
    }

    /** @param isProven whether the changes of other instances arrived when it began */
    private void rebuildAll(boolean isProven) {
        Instant start = clock.instant();
        if (start.isBefore(notBefore) || !shared.answers()) {
            return;
        }
        long gaps = grids.gaps();
        Map<Tenant, VendorGrid> filled = grids.admitted();
        try {
            index.mend(() -> {
                JobStatus end = jobs.runHere(JobKind.VENDOR_INDEX_REBUILD, store.approximateCount(Vendors.TABLE));
                if (end != JobStatus.SUCCEEDED) {
                    throw new IllegalStateException("the job is " + end);
                }
                Duration taken = Duration.between(start, clock.instant());
                metrics.rebuilds().record(taken);
                LOG.info("vendor index rebuilt from DynamoDB in {} ms", taken.toMillis());
            });
            rest = FIRST_REST;
            if (isProven) {
                filled.forEach((tenant, grid) -> grids.loaded(tenant, grid, gaps, start));
            }
        } catch (RuntimeException e) {
            LOG.warn("vendor index not rebuilt, tried again after {}: {}", rest, e.getMessage());
            notBefore = clock.instant().plus(rest);
            rest = rest.multipliedBy(2).compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : LONGEST_REST;
        }
    }

    /** Without Redis, the last known state comes from DynamoDB again before it is too old, or where there is none. */
    private void fillLastKnown() {
        if (!grids.isLastKnownOld()) {
            return;
        }
        Map<Tenant, VendorGrid> filled = grids.admitted();
        Instant start = clock.instant();
        try {
            int vendors = rebuild.gridsOnly();
            filled.forEach((tenant, grid) -> grids.filled(tenant, grid, start));
            LOG.info("last known state of vendors read from DynamoDB: {} vendors", vendors);
        } catch (RuntimeException e) {
            LOG.warn("last known state of vendors not read from DynamoDB: {}", e.getMessage());
        }
    }
}
