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
 * computed in a cell before its watermark may lack the change, so this instance does not use it. Thread-safe, does not block.
 */
final class CellWatermarks {

    /** The assumed maximum difference between the clocks of two instances. */
    private static final Duration SKEW = Duration.ofSeconds(1);

    /** The default maximum number of watermarks, of about 100 bytes each. A change raises 13 of them, or 26 after a long move. */
    private static final int MOST = 200_000;

    /** A cell that stands for the whole tenant. */
    private static final Cell ANYWHERE = new Cell(-1, 0, 0);

    private final Cache<Place, Instant> changed;
    private final InstantSource clock;
    private final Duration retention;
    private final AtomicReference<Instant> incompleteUntil = new AtomicReference<>(Instant.MIN);

    private record Place(Tenant tenant, Cell cell) {}

    /** @param retention the lifetime of a watermark, not shorter than that of shared values */
    CellWatermarks(Duration retention, InstantSource clock) {
        this(retention, clock, MOST);
    }

    CellWatermarks(Duration retention, InstantSource clock, int most) {
        this.retention = retention;
        this.clock = clock;
        this.changed = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(retention.plus(SKEW))
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .executor(Runnable::run)
                .evictionListener((_, _, cause) -> evicted(cause))
                .build();
    }

    /** Raises the watermarks of these cells to the present. */
    void raise(Tenant tenant, Collection<Cell> cells) {
        Instant now = clock.instant();
        cells.forEach(cell -> changed.put(new Place(tenant, cell), now));
    }

    /** Raises the watermark of the whole tenant to the present, because the place of a change is unknown. */
    void raise(Tenant tenant) {
        changed.put(new Place(tenant, ANYWHERE), clock.instant());
    }

    /**
     * Whether a value may be used: it has all changes in the area that this instance knows of.
     *
     * @param upToDateAt the time at which the value was certainly up to date, by the clock of another instance
     */
    boolean allows(Tenant tenant, Area area, Instant upToDateAt) {
        Instant earliest = upToDateAt.minus(SKEW);
        return !clock.instant().isBefore(incompleteUntil.get())
                && isBefore(tenant, ANYWHERE, earliest)
                && Cell.cover(area).stream().allMatch(cell -> isBefore(tenant, cell, earliest));
    }

    private boolean isBefore(Tenant tenant, Cell cell, Instant time) {
        Instant last = changed.getIfPresent(new Place(tenant, cell));
        return last == null || last.isBefore(time);
    }

    private void evicted(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            incompleteUntil.set(clock.instant().plus(retention));
        }
    }
}
