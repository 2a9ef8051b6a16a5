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
 * When this instance last knew of something happening at a place, by its own writes and by what others tell: what others have computed there
 * before may lack it, whatever is left of it in Redis. Thread-safe, does not block.
 */
final class CellWatermarks {

    /** How far the clocks of instances are apart at most. */
    private static final Duration SKEW = Duration.ofSeconds(1);

    /** About 100 bytes each; a change takes thirteen, and as many again where something has moved far. */
    private static final int MOST = 200_000;

    /** Around every place. */
    private static final Cell ANYWHERE = new Cell(-1, 0, 0);

    private final Cache<Place, Instant> changed;
    private final InstantSource clock;
    private final Duration retention;
    private final AtomicReference<Instant> forgetfulUntil = new AtomicReference<>(Instant.MIN);

    private record Place(Tenant tenant, Cell cell) {}

    /** @param retention how long it is known: no shorter than what others have computed is kept */
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
                .evictionListener((_, _, cause) -> forgotten(cause))
                .build();
    }

    /** Something has happened in these cells just now. */
    void raise(Tenant tenant, Collection<Cell> cells) {
        Instant now = clock.instant();
        cells.forEach(cell -> changed.put(new Place(tenant, cell), now));
    }

    /** Something has happened just now, and nobody knows where. */
    void raise(Tenant tenant) {
        changed.put(new Place(tenant, ANYWHERE), clock.instant());
    }

    /** Whether what was computed there, and is known since then by another instance's clock, has in it all that this instance knows of. */
    boolean allows(Tenant tenant, Area area, Instant knownAt) {
        Instant surely = knownAt.minus(SKEW);
        return !clock.instant().isBefore(forgetfulUntil.get())
                && isBefore(tenant, ANYWHERE, surely)
                && Cell.cover(area).stream().allMatch(cell -> isBefore(tenant, cell, surely));
    }

    private boolean isBefore(Tenant tenant, Cell cell, Instant time) {
        Instant last = changed.getIfPresent(new Place(tenant, cell));
        return last == null || last.isBefore(time);
    }

    private void forgotten(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            forgetfulUntil.set(clock.instant().plus(retention));
        }
    }
}
