package dev.towline.cache.shared;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.towline.geo.Area;
import dev.towline.geo.Cell;
import dev.towline.viewer.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The cell watermarks: the last known time of a change in each cell, by a write of this instance or a message of another. A value that was
 * computed before the watermark of a cell may lack the change in that cell, so this instance does not use it. Thread-safe, does not block.
 */
final class CellWatermarks {

    /** The assumed maximum difference between the clocks of two instances. */
    private static final Duration MAX_CLOCK_SKEW = Duration.ofSeconds(1);

    /**
     * The default maximum number of watermarks. Each takes about 100 bytes. A change raises one in each of the 13 grids, and up to 25 if the
     * entity has moved far.
     */
    private static final int MAX_WATERMARKS = 200_000;

    /** A cell that stands for the whole tenant. */
    private static final Cell WHOLE_TENANT = new Cell(-1, 0, 0);

    private final Cache<TenantCell, Instant> watermarks;
    private final InstantSource clock;
    private final Duration retention;
    private final AtomicReference<Instant> incompleteUntil = new AtomicReference<>(Instant.MIN);

    private record TenantCell(Tenant tenant, Cell cell) {}

    /** @param retention the lifetime of a watermark, not shorter than that of shared values */
    CellWatermarks(Duration retention, InstantSource clock) {
        this(retention, clock, MAX_WATERMARKS);
    }

    CellWatermarks(Duration retention, InstantSource clock, int maxWatermarks) {
        this.retention = retention;
        this.clock = clock;
        this.watermarks = Caffeine.newBuilder()
                .maximumSize(maxWatermarks)
                .expireAfterWrite(retention.plus(MAX_CLOCK_SKEW))
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .executor(Runnable::run)
                .evictionListener((_, _, cause) -> evicted(cause))
                .build();
    }

    /** Raises the watermarks of these cells to the present. */
    void raise(Tenant tenant, Collection<Cell> cells) {
        Instant now = clock.instant();
        cells.forEach(cell -> watermarks.put(new TenantCell(tenant, cell), now));
    }

    /** Raises the watermark of the whole tenant to the present, because the place of a change is unknown. */
    void raise(Tenant tenant) {
        watermarks.put(new TenantCell(tenant, WHOLE_TENANT), clock.instant());
    }

    /**
     * Whether a value may be used: it includes every change in the area that this instance knows of.
     *
     * @param upToDateAt the time at which the value was certainly up to date, by the clock of another instance
     */
    boolean allows(Tenant tenant, Area area, Instant upToDateAt) {
        Instant earliest = upToDateAt.minus(MAX_CLOCK_SKEW);
        return !clock.instant().isBefore(incompleteUntil.get())
                && lastChangedBefore(tenant, WHOLE_TENANT, earliest)
                && Cell.cover(area).stream().allMatch(cell -> lastChangedBefore(tenant, cell, earliest));
    }

    private boolean lastChangedBefore(Tenant tenant, Cell cell, Instant time) {
        Instant last = watermarks.getIfPresent(new TenantCell(tenant, cell));
        return last == null || last.isBefore(time);
    }

    private void evicted(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            // a watermark was lost, so no shared value can be used until all values that are older than the loss have
            // expired
            incompleteUntil.set(clock.instant().plus(retention));
        }
    }
}
