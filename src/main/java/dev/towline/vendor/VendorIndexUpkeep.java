package dev.towline.vendor;

import dev.towline.store.ChangeFeed;
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

    private final VendorIndex index;
    private final VendorGrids grids;
    private final SharedVendorIndex shared;
    private final VendorIndexRebuild rebuild;
    private final VendorIndexMetrics metrics;
    private final ChangeFeed feed;
    private final InstantSource clock;
    private final Lock running = new ReentrantLock();

    /** Whether the last rebuild failed. Only the running thread uses it. */
    private boolean isFailing;

    VendorIndexUpkeep(
            VendorIndex index,
            VendorGrids grids,
            SharedVendorIndex shared,
            VendorIndexRebuild rebuild,
            VendorIndexMetrics metrics,
            ChangeFeed feed,
            InstantSource clock) {
        this.index = index;
        this.grids = grids;
        this.shared = shared;
        this.rebuild = rebuild;
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
        index.takeUnbuilt().forEach(this::build);
        grids.toLoad().forEach(this::load);
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
        long gaps = grids.gaps();
        Map<Tenant, VendorGrid> filled = grids.admitted();
        Instant start = clock.instant();
        try {
            index.mend(() -> {
                int vendors = rebuild.all(_ -> {});
                Duration taken = Duration.between(start, clock.instant());
                metrics.rebuilds().record(taken);
                isFailing = false;
                LOG.info("vendor index rebuilt from DynamoDB: {} vendors in {} ms", vendors, taken.toMillis());
            });
            if (isProven) {
                filled.forEach((tenant, grid) -> grids.loaded(tenant, grid, gaps, start));
            }
        } catch (RuntimeException e) {
            if (!isFailing) {
                LOG.warn("vendor index not rebuilt, tried again until it is: {}", e.getMessage());
            }
            isFailing = true;
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

    private void build(Tenant tenant) {
        try {
            rebuild.of(tenant);
        } catch (RuntimeException e) {
            index.notBuilt(tenant);
            LOG.warn("vendor index of a tenant not rebuilt, its searches read DynamoDB: {}", e.getMessage());
        }
    }

    /** The number of gaps is read first: if a common gap comes in between, either the index may lack writes or the number is old. */
    private void load(Tenant tenant) {
        long gaps = grids.gaps();
        VendorGrid grid = grids.toFill(tenant);
        if (grid == null || index.mayLackWrites()) {
            return;
        }
        Instant start = clock.instant();
        try {
            if (!shared.forEach(tenant, grid::put)) {
                if (!shared.isBuilt(tenant)) {
                    index.notBuilt(tenant);
                }
                return;
            }
            grids.loaded(tenant, grid, gaps, start);
            Duration taken = Duration.between(start, clock.instant());
            metrics.loads().record(taken);
            LOG.info("vendor index of a tenant loaded from Redis: {} vendors in {} ms", grid.size(), taken.toMillis());
        } catch (RuntimeException e) {
            LOG.warn("vendor index of a tenant not loaded from Redis: {}", e.getMessage());
        }
    }
}
