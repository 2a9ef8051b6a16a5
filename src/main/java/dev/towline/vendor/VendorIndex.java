package dev.towline.vendor;

import dev.towline.geo.GeoPoint;
import dev.towline.geo.Meters;
import dev.towline.redis.RedisDown;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeEvent.Reason;
import dev.towline.store.ChangeStage;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The position index of vendors, in the memory of this instance and in Redis, and what each of them may lack. Thread-safe.
 *
 * <p>Every change passes into the grids of this instance. The writing instance also puts it in Redis, before the caller gets its answer. So
 * whoever is not sure of its own grid searches in Redis. After a gap an instance loads its grids again: from Redis if only it has missed
 * something, and otherwise from DynamoDB, because a writer may have crashed between its write and its update of Redis. A write with an unknown
 * outcome is settled by reading the vendor. {@link VendorIndexUpkeep} does all of that. See decisions 0006 and 0042.
 */
@Component
class VendorIndex implements ChangeStage {

    /** After how many writes of a tenant's vendors its index is built, whether anybody has searched or not. */
    static final int BUILT_EARLY = 1_000;

    /** How many searches of this instance ask Redis at once, and how long another one waits until it may. */
    private static final int MOST_ASKING = 2;

    private static final Duration PATIENCE = Duration.ofMillis(100);

    /** How long no search asks Redis after it did not answer one. */
    private static final Duration REST = Duration.ofSeconds(1);

    private final VendorGrids grids;
    private final SharedVendorIndex shared;
    private final VendorIndexMetrics metrics;
    private final InstantSource clock;

    /** How often Redis may have missed a write of this instance, and how many of these times a rebuild has mended. */
    private final AtomicLong missedWrites = new AtomicLong();

    private volatile long mendedWrites;

    /** The same for writes of other instances. */
    private final AtomicLong missedRemoteWrites = new AtomicLong();

    private volatile long mendedRemoteWrites;

    /** The vendors with a write of unknown outcome. */
    private final Set<VendorKey> unsettled = ConcurrentHashMap.newKeySet();

    /** The tenants that may have no complete index in Redis. */
    private final Set<Tenant> unbuilt = ConcurrentHashMap.newKeySet();

    /** How many states of vendors of each tenant this instance has written. */
    private final Map<Tenant, Integer> written = new ConcurrentHashMap<>();

    /** The searches that ask Redis now. */
    private final Semaphore asking = new Semaphore(MOST_ASKING);

    /** No search asks Redis before. */
    private volatile Instant restsUntil = Instant.MIN;

    VendorIndex(VendorGrids grids, SharedVendorIndex shared, VendorIndexMetrics metrics, InstantSource clock) {
        this.grids = grids;
        this.shared = shared;
        this.metrics = metrics;
        this.clock = clock;
    }

    @Override
    public Stage stage() {
        return Stage.INDEX;
    }

    @Override
    public void pass(ChangeEvent event) {
        switch (event) {
            case ChangeEvent.Applied applied -> {
                // Redis first: a grid that begins to load in between finds the write there.
                if (applied.isLocal()) {
                    putInRedis(vendors(applied).toList());
                }
                vendors(applied).forEach(grids::put);
            }
            case ChangeEvent.Doubt doubt ->
                doubt.keys().stream()
                        .filter(VendorKey.class::isInstance)
                        .map(VendorKey.class::cast)
                        .forEach(unsettled::add);
            case ChangeEvent.Gap gap -> {
                // Before the gap is noted: a grid must not be loaded from Redis that lacks a write.
                if (gap.isCommon()) {
                    missedRemoteWrites.incrementAndGet();
                }
                grids.gap();
                if (gap.reason() == Reason.TABLES_REPLACED) {
                    grids.forget();
                    written.clear();
                }
            }
        }
    }

    private static Stream<Vendor> vendors(ChangeEvent.Applied applied) {
        return applied.changes().stream()
                .map(Change::value)
                .filter(Vendor.class::isInstance)
                .map(Vendor.class::cast);
    }

    private void putInRedis(List<Vendor> vendors) {
        Map<Tenant, List<Vendor>> byTenant = vendors.stream()
                .collect(Collectors.groupingBy(vendor -> vendor.key().tenant()));
        byTenant.forEach((tenant, some) -> buildEarly(tenant, some.size()));
        try {
            byTenant.forEach(shared::put);
        } catch (RedisDown down) {
            metrics.failed();
            missedWrites.incrementAndGet();
        }
    }

    /** The index of a tenant that grows is built while that takes a second, and not when it has many thousands and is searched for the first time. */
    private void buildEarly(Tenant tenant, int more) {
        int before = written.getOrDefault(tenant, 0);
        int now = written.merge(tenant, more, Integer::sum);
        if (before < BUILT_EARLY && now >= BUILT_EARLY) {
            notBuilt(tenant);
        }
    }

    /**
     * All vendors around the position from Redis; null if it cannot answer now, or may lack a write of this instance. Blocking.
     *
     * <p>A search of a dense area has a reply of megabytes, which Redis sends even if nobody waits for it any more, on the connection of all
     * other commands. So few searches ask at once, and none soon after one that failed.
     */
    @Nullable
    List<IndexedVendor> inRedis(Tenant tenant, GeoPoint center, Meters radius) {
        if (missedWrites.get() != mendedWrites || clock.instant().isBefore(restsUntil) || !mayAsk()) {
            return null;
        }
        try {
            List<IndexedVendor> found = shared.around(tenant, center, radius);
            // Otherwise it has a vendor that this instance cannot read, and building it again would not help.
            if (found == null && !shared.isBuilt(tenant)) {
                notBuilt(tenant);
            }
            return found;
        } catch (RedisDown down) {
            restsUntil = clock.instant().plus(REST);
            metrics.failed();
            return null;
        } finally {
            asking.release();
        }
    }

    private boolean mayAsk() {
        try {
            return asking.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether Redis may lack a write of any instance. */
    boolean mayLackWrites() {
        return missedWrites.get() != mendedWrites || missedRemoteWrites.get() != mendedRemoteWrites;
    }

    /**
     * Rebuilds what may lack writes. What is missed meanwhile is not mended.
     *
     * @param rebuild reads all vendors from DynamoDB; if it throws, nothing is mended
     */
    void mend(Runnable rebuild) {
        long own = missedWrites.get();
        long remote = missedRemoteWrites.get();
        rebuild.run();
        mendedWrites = own;
        mendedRemoteWrites = remote;
    }

    /** Takes the vendors with a write of unknown outcome. Give them back by {@link #doubt} if they were not settled. */
    List<VendorKey> takeUnsettled() {
        List<VendorKey> taken = List.copyOf(unsettled);
        taken.forEach(unsettled::remove);
        return taken;
    }

    /** Notes vendors with a write of unknown outcome. */
    void doubt(List<VendorKey> vendors) {
        unsettled.addAll(vendors);
    }

    /** Notes a tenant that may have no complete index in Redis. */
    void notBuilt(Tenant tenant) {
        unbuilt.add(tenant);
    }

    /** Takes the tenants that may have no complete index in Redis. */
    List<Tenant> takeUnbuilt() {
        List<Tenant> taken = List.copyOf(unbuilt);
        taken.forEach(unbuilt::remove);
        return taken;
    }
}
