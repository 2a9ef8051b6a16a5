package dev.towline.vendor;

import dev.towline.store.ChangeFeed;
import dev.towline.store.EntityBytes;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The grids of the tenants whose vendors are searched on this instance. A grid is current if it was loaded after the last gap, and the changes
 * of other instances provably arrive. Otherwise it has the last known state. Thread-safe, does not block.
 */
@Component
class VendorGrids {

    private static final long NEVER = -1;

    /** A grid that nobody has searched for so long gives its memory back. */
    private static final Duration IDLE = Duration.ofHours(1);

    private final ConcurrentMap<Tenant, Held> held = new ConcurrentHashMap<>();

    /** The number of gaps so far. */
    private final AtomicLong gaps = new AtomicLong();

    private final ChangeFeed feed;
    private final EntityBytes entities;
    private final SearchSettings settings;
    private final InstantSource clock;

    private static final class Held {

        final VendorGrid grid = new VendorGrid();

        /** The number of gaps before it was loaded. */
        volatile long loadedAfterGaps = NEVER;

        /** When it was certainly current. */
        volatile Instant currentAt = Instant.MIN;

        volatile Instant usedAt = Instant.MIN;

        /** Whether there was room for it; otherwise it stays empty. */
        volatile boolean isAdmitted;
    }

    /**
     * The last known state of a tenant's vendors.
     *
     * @param age since when it may lack changes
     */
    record LastKnown(VendorGrid grid, Duration age) {}

    VendorGrids(ChangeFeed feed, EntityBytes entities, SearchSettings settings, InstantSource clock) {
        this.feed = feed;
        this.entities = entities;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Puts a state of a vendor.
     *
     * @return whether a grid that is current did not have this or a newer one
     */
    boolean put(Vendor vendor) {
        Held found = held.get(vendor.key().tenant());
        return found != null
                && found.isAdmitted
                && found.grid.put(IndexedVendor.of(vendor, entities))
                && isCurrent(found);
    }

    /** The same for this grid, if the tenant still has it. */
    boolean put(Tenant tenant, VendorGrid grid, IndexedVendor vendor) {
        Held found = ofGrid(tenant, grid);
        return found != null && grid.put(vendor) && isCurrent(found);
    }

    /** Notes that changes of other instances may be missing in every grid from now on. */
    void gap() {
        gaps.incrementAndGet();
    }

    /** The number of gaps so far, for {@link #loaded}. */
    long gaps() {
        return gaps.get();
    }

    /** The grid of a tenant; null if it is not current. Then it will be loaded. */
    @Nullable
    VendorGrid current(Tenant tenant) {
        Held found = held.computeIfAbsent(tenant, _ -> new Held());
        Instant now = clock.instant();
        found.usedAt = now;
        if (!isCurrent(found)) {
            return null;
        }
        found.currentAt = now;
        return found.grid;
    }

    /** The last known state of a tenant's vendors; null if there is none, or it may lack changes for too long. */
    @Nullable
    LastKnown lastKnown(Tenant tenant) {
        Held found = held.get(tenant);
        if (found == null || found.currentAt.equals(Instant.MIN)) {
            return null;
        }
        Duration age = Duration.between(found.currentAt, clock.instant());
        return age.compareTo(settings.lastKnownFor()) > 0 ? null : new LastKnown(found.grid, age);
    }

    /** Whether the last known state of a tenant that is searched is getting old, or there is none. */
    boolean isLastKnownOld() {
        Instant oldest = clock.instant().minus(settings.lastKnownFor().dividedBy(2));
        return held.values().stream().anyMatch(each -> isAdmitted(each) && each.currentAt.isBefore(oldest));
    }

    /** The tenants whose grids were not loaded after the last gap, and for which there is room. */
    List<Tenant> toLoad() {
        long last = gaps.get();
        return held.entrySet().stream()
                .filter(each -> each.getValue().loadedAfterGaps != last && isAdmitted(each.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The grid of a tenant to load vendors into, while changes are put as well; null if nobody searches them here, or there is no room. */
    @Nullable
    VendorGrid toFill(Tenant tenant) {
        Held found = held.get(tenant);
        return found == null || !isAdmitted(found) ? null : found.grid;
    }

    /**
     * Notes that the grid has all vendors of the tenant, if it is still the same one.
     *
     * @param grid the grid that was filled
     * @param gapsBefore {@link #gaps()} before it was, when the changes of other instances arrived
     * @param startedAt when the first vendor was read
     */
    void loaded(Tenant tenant, VendorGrid grid, long gapsBefore, Instant startedAt) {
        Held found = ofGrid(tenant, grid);
        if (found != null) {
            // a load that began earlier may end later
            found.loadedAfterGaps = Math.max(found.loadedAfterGaps, gapsBefore);
            found.currentAt = startedAt;
        }
    }

    /** Notes that the grid has all vendors that DynamoDB had at that time, while changes of other instances may be missing. */
    void filled(Tenant tenant, VendorGrid grid, Instant startedAt) {
        Held found = ofGrid(tenant, grid);
        if (found != null) {
            found.currentAt = startedAt;
        }
    }

    @SuppressWarnings("ReferenceEquality") // another object is another grid
    private @Nullable Held ofGrid(Tenant tenant, VendorGrid grid) {
        Held found = held.get(tenant);
        return found == null || found.grid != grid ? null : found;
    }

    /** The tenants that have a grid, with it. */
    Map<Tenant, VendorGrid> admitted() {
        return held.entrySet().stream()
                .filter(each -> isAdmitted(each.getValue()))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, each -> each.getValue().grid));
    }

    private boolean isAdmitted(Held tenant) {
        if (!tenant.isAdmitted && vendors() < settings.maxVendors()) {
            tenant.isAdmitted = true;
        }
        return tenant.isAdmitted;
    }

    /** The tenants that have a grid. */
    Set<Tenant> tenants() {
        return held.keySet().stream().collect(Collectors.toUnmodifiableSet());
    }

    /** Forgets all grids, because the tables have another history now. */
    void forget() {
        held.clear();
    }

    /** Notes which grids are current now, and drops those that nobody searches any more. Call it every second. */
    void review() {
        Instant now = clock.instant();
        held.values().removeIf(each -> each.usedAt.plus(IDLE).isBefore(now));
        held.values().stream().filter(this::isCurrent).forEach(each -> each.currentAt = now);
    }

    /** The number of vendors in all grids. */
    int vendors() {
        return held.values().stream().mapToInt(each -> each.grid.size()).sum();
    }

    private boolean isCurrent(Held tenant) {
        return tenant.loadedAfterGaps == gaps.get() && feed.isProven();
    }
}
