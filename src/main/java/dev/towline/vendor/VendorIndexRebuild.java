package dev.towline.vendor;

import dev.towline.job.JobFailed;
import dev.towline.problem.Unavailable;
import dev.towline.redis.RedisDown;
import dev.towline.store.EntityBytes;
import dev.towline.store.Store;
import dev.towline.viewer.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Rebuilds the position indexes from DynamoDB: the one in Redis, and the grids of this instance. Several at once, on one instance or many, are
 * harmless, because an older version never replaces a newer one. Blocking; what writes to Redis throws {@link RedisDown}.
 */
@Component
class VendorIndexRebuild {

    private static final Logger LOG = LoggerFactory.getLogger(VendorIndexRebuild.class);

    /** How many vendors go to Redis together. */
    private static final int BATCH = 500;

    private static final int LOGGED_EVERY = 10_000;

    private final Store store;
    private final Vendors vendors;
    private final EntityBytes entities;
    private final SharedVendorIndex shared;
    private final VendorGrids grids;
    private final VendorIndexMetrics metrics;

    VendorIndexRebuild(
            Store store,
            Vendors vendors,
            EntityBytes entities,
            SharedVendorIndex shared,
            VendorGrids grids,
            VendorIndexMetrics metrics) {
        this.store = store;
        this.vendors = vendors;
        this.entities = entities;
        this.shared = shared;
        this.grids = grids;
        this.metrics = metrics;
    }

    /**
     * What a rebuild did.
     *
     * @param vendors the number of vendors that were read
     * @param changed how many of them an index lacked, and how many it had that do not exist
     */
    record Outcome(int vendors, int changed) {}

    /**
     * Rebuilds the indexes of every tenant. A vendor that a complete index lacked is announced again, because cached searches may lack it
     * too.
     *
     * @param eachVendor called after each vendor, with how many were read; may block, to slow it down, and throw, to stop it
     */
    Outcome all(IntConsumer eachVendor) {
        Map<Tenant, TenantRebuild> tenants = new HashMap<>();
        // A tenant whose vendors are searched may have none.
        grids.tenants().forEach(tenant -> tenants.put(tenant, new TenantRebuild(tenant)));
        int[] read = {0};
        try {
            store.forEach(Vendors.TABLE, vendor -> {
                tenants.computeIfAbsent(vendor.key().tenant(), TenantRebuild::new)
                        .add(vendor);
                read[0]++;
                metrics.rebuilding(read[0]);
                eachVendor.accept(read[0]);
                if (read[0] % LOGGED_EVERY == 0) {
                    LOG.info("vendor index: {} vendors read", read[0]);
                }
            });
            tenants.values().forEach(TenantRebuild::end);
        } finally {
            metrics.rebuilding(0);
        }
        return new Outcome(
                read[0],
                tenants.values().stream().mapToInt(tenant -> tenant.changed).sum());
    }

    /**
     * Compares the grids of this instance with complete indexes in Redis, and mends what differs. A vendor that a grid lacked is announced
     * again.
     */
    void compareGrids() {
        grids.admitted().forEach((tenant, grid) -> {
            Set<String> seen = new HashSet<>();
            Set<String> lacked = new HashSet<>();
            boolean isComplete = shared.forEach(tenant, vendor -> {
                seen.add(vendor.id());
                if (grids.put(tenant, grid, vendor)) {
                    lacked.add(vendor.id());
                }
            });
            if (isComplete) {
                List<String> gone = gone(tenant, grid.idsWithout(seen));
                gone.forEach(grid::remove);
                metrics.repaired(lacked.size() + gone.size());
                lacked.forEach(id -> repair(new VendorKey(tenant, id)));
            }
        });
    }

    /** Those of the vendors that do not exist any more. */
    private List<String> gone(Tenant tenant, Collection<String> ids) {
        List<VendorKey> keys = ids.stream().map(id -> new VendorKey(tenant, id)).toList();
        Set<VendorKey> stored = store.getAllConsistently(Vendors.TABLE, keys).keySet();
        return keys.stream()
                .filter(key -> !stored.contains(key))
                .map(VendorKey::id)
                .toList();
    }

    /**
     * Rebuilds the index of one tenant in Redis unless it is complete. It reads the eventually consistent index of DynamoDB: whoever has just
     * written a vendor has also put it in Redis.
     *
     * @return whether it is complete; not if Redis lost some of it meanwhile
     */
    boolean of(Tenant tenant) {
        if (shared.begin(tenant)) {
            return true;
        }
        vendors.forEach(tenant, part -> {
            for (int from = 0; from < part.size(); from += BATCH) {
                shared.put(tenant, part.subList(from, Math.min(from + BATCH, part.size())));
            }
        });
        return shared.markBuilt(tenant);
    }

    /**
     * Reads all vendors of one tenant from DynamoDB into the grid.
     *
     * @throws Unavailable if there are more than {@code most}, or some thousand more than that
     */
    void read(Tenant tenant, VendorGrid grid, int most) {
        vendors.forEach(tenant, part -> {
            part.forEach(vendor -> grid.put(IndexedVendor.of(vendor, entities)));
            if (grid.size() > most) {
                throw new Unavailable("Vendors cannot be searched at the moment. Try again in a moment.", null);
            }
        });
    }

    /** Fills the grids of this instance without Redis, for searches in the last known state. Returns the number of vendors. */
    int gridsOnly() {
        int[] read = {0};
        store.forEach(Vendors.TABLE, vendor -> {
            grids.put(vendor);
            read[0]++;
        });
        return read[0];
    }

    /** Updates the indexes for these vendors and announces their stored states again. */
    void of(Collection<VendorKey> keys) {
        keys.forEach(this::repair);
    }

    /** Reads the vendor again, because what was read may be outdated by now. */
    private void repair(VendorKey key) {
        Vendor vendor = store.getConsistently(Vendors.TABLE, key);
        if (vendor != null) {
            // this passes the stage of the index, too
            store.announceAgain(Vendors.TABLE, vendor);
        }
    }

    /** The rebuild of one tenant. Not thread-safe. */
    private final class TenantRebuild {

        private final Tenant tenant;
        private final boolean wasBuilt;
        private final Set<String> seen = new HashSet<>();
        private final List<Vendor> batch = new ArrayList<>();

        /** The ids of those in the batch that a current grid did not have. */
        private final Set<String> lackedHere = new HashSet<>();

        private int changed;

        TenantRebuild(Tenant tenant) {
            this.tenant = tenant;
            this.wasBuilt = shared.begin(tenant);
        }

        void add(Vendor vendor) {
            seen.add(vendor.id());
            if (grids.put(vendor)) {
                lackedHere.add(vendor.id());
            }
            batch.add(vendor);
            if (batch.size() == BATCH) {
                flush();
            }
        }

        void end() {
            flush();
            dropGone();
            if (!shared.markBuilt(tenant)) {
                throw new JobFailed(null, "Redis lost the index while it was built.");
            }
        }

        private void flush() {
            Set<String> lacked = new HashSet<>(lackedHere);
            lacked.addAll(batch.isEmpty() ? Set.of() : shared.put(tenant, batch));
            changed += lacked.size();
            Set<String> repaired = wasBuilt ? lacked : Set.copyOf(lackedHere);
            batch.clear();
            lackedHere.clear();
            metrics.repaired(repaired.size());
            repaired.forEach(id -> repair(new VendorKey(tenant, id)));
        }

        /** Drops vendors that do not exist any more. Each is read first, because a scan may miss concurrent writes. */
        private void dropGone() {
            Set<String> unseen = new HashSet<>();
            shared.forEach(tenant, vendor -> {
                if (!seen.contains(vendor.id())) {
                    unseen.add(vendor.id());
                }
            });
            VendorGrid grid = grids.toFill(tenant);
            if (grid != null) {
                unseen.addAll(grid.idsWithout(seen));
            }
            List<String> gone = gone(tenant, unseen);
            shared.drop(tenant, gone);
            if (grid != null) {
                gone.forEach(grid::remove);
            }
            changed += gone.size();
            metrics.repaired(gone.size());
        }
    }
}
