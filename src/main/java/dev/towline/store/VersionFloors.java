package dev.towline.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The newest version that this instance knows of each entity that changed lately: from its own writes, from what other instances tell, and
 * from what clients say they have seen. {@link Store} answers nothing older, whichever way it reads. Thread-safe, does not block.
 */
public final class VersionFloors {

    /** Of eventually consistent reads, which is mostly well below a second. */
    public static final Duration LAG = Duration.ofSeconds(5);

    /** About 100 bytes each. */
    public static final int MOST = 200_000;

    private final Cache<EntityRef, Floor> floors;
    private final Duration retention;
    private final InstantSource clock;
    private final Duration lag;
    private final AtomicReference<Instant> doubtfulUntil = new AtomicReference<>(Instant.MIN);
    private final AtomicReference<Instant> forgetfulUntil = new AtomicReference<>(Instant.MIN);

    /**
     * @param known surely written
     * @param claimed said to be written, which may be wrong
     */
    private record Floor(int known, int claimed) {

        int version() {
            return Math.max(known, claimed);
        }
    }

    /** @param retention how long a floor is kept: longer than any read may lag behind a write, as one through DAX does */
    public VersionFloors(Duration retention, InstantSource clock) {
        this(retention, LAG, clock, MOST);
    }

    /**
     * @param lag how far reads lag behind writes at most
     * @param most how many floors are kept at most
     */
    public VersionFloors(Duration retention, Duration lag, InstantSource clock, int most) {
        this.retention = retention;
        this.lag = lag;
        this.clock = clock;
        this.floors = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(retention)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .executor(Runnable::run)
                .evictionListener((_, _, cause) -> forgotten(cause))
                .build();
    }

    /** Notes that this version was written. */
    public void raise(EntityRef entity, int version) {
        floors.asMap().merge(entity, new Floor(version, 0), VersionFloors::higher);
    }

    /** Notes that somebody who may be wrong says that this version was written: the next read finds out. */
    public void claim(EntityRef entity, int version) {
        floors.asMap().merge(entity, new Floor(0, version), VersionFloors::higher);
    }

    /** The version that nothing older than may be answered; 0 if any will do. */
    public int of(EntityRef entity) {
        Floor floor = floors.getIfPresent(entity);
        return floor == null ? 0 : floor.version();
    }

    /** Whether this version is no older than what is known, so that it may be answered. */
    public boolean allows(EntityRef entity, int version) {
        return version >= of(entity);
    }

    /** How long a floor is kept. */
    public Duration retention() {
        return retention;
    }

    /** Whether there were more floors than can be kept, so that for a while only a consistent read is sure to be new enough. */
    public boolean isForgetful() {
        return clock.instant().isBefore(forgetfulUntil.get());
    }

    /**
     * Notes that others may have written what is not known here. For as long as a read may lag behind that, only a consistent one is sure
     * to be new enough.
     */
    public void doubt() {
        doubtfulUntil.set(clock.instant().plus(lag));
    }

    /** Whether that is so now. */
    public boolean isDoubtful() {
        return clock.instant().isBefore(doubtfulUntil.get());
    }

    /** The version that somebody says was written; 0: nobody says anything. */
    public int claimed(EntityRef entity) {
        Floor floor = floors.getIfPresent(entity);
        return floor == null ? 0 : floor.claimed;
    }

    /**
     * What a consistent read has found: claims beyond that were wrong, but for those that came while it was reading.
     *
     * @param version what it found, 0 for nothing
     * @param claimedBefore what was claimed before it began
     */
    public void settle(EntityRef entity, int version, int claimedBefore) {
        floors.asMap()
                .computeIfPresent(
                        entity,
                        (_, floor) -> floor.claimed > claimedBefore
                                ? floor
                                : new Floor(floor.known, Math.min(floor.claimed, version)));
    }

    private void forgotten(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            forgetfulUntil.set(clock.instant().plus(retention));
        }
    }

    private static Floor higher(Floor one, Floor other) {
        return new Floor(Math.max(one.known, other.known), Math.max(one.claimed, other.claimed));
    }
}
