package dev.towline.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The newest known version of each recently changed entity. The {@link Store} never returns an older one. Thread-safe, does not block.
 *
 * <p>A floor has two parts. {@link #raise} sets the <em>known</em> version: a local write, or a message of another instance. {@link #claim}
 * sets the <em>claimed</em> version, which may be wrong: a version that a client has seen, or a write with an unknown outcome. A read below
 * either part is repeated with strong consistency. {@link #settle} then lowers a claim to the version that the consistent read found, so a
 * wrong claim costs one read. A floor must live longer than a read may lag behind a write, and DAX keeps items for 5 minutes by default.
 * There are two cases in which floors are not sufficient, and all reads must be consistent for a while: {@link #isIncomplete}, after floors
 * were dropped because there were too many, and {@link #isDoubtful}, after a gap in the messages of other instances. See decision 0008. The
 * guarantee corresponds to "monotonic reads" and "read your writes" of Terry et al., Session Guarantees for Weakly Consistent Replicated
 * Data, 1994.
 */
public final class VersionFloors {

    /** The assumed maximum lag of eventually consistent reads, which is usually well below a second. */
    public static final Duration LAG = Duration.ofSeconds(5);

    /** The default maximum number of floors, of about 100 bytes each. */
    public static final int MOST = 200_000;

    private final Cache<EntityRef, Floor> floors;
    private final Duration retention;
    private final InstantSource clock;
    private volatile @Nullable Instant doubted;
    private final AtomicReference<Instant> incompleteUntil = new AtomicReference<>(Instant.MIN);

    /**
     * The two parts of a floor; 0 for none.
     */
    private record Floor(int known, int claimed) {

        int version() {
            return Math.max(known, claimed);
        }
    }

    /** @param retention the lifetime of a floor: longer than any read may lag behind a write */
    public VersionFloors(Duration retention, InstantSource clock) {
        this(retention, clock, MOST);
    }

    /**
     * Floors with a limit.
     *
     * @param retention the lifetime of a floor: longer than any read may lag behind a write
     * @param most the maximum number of floors
     */
    public VersionFloors(Duration retention, InstantSource clock, int most) {
        this.retention = retention;
        this.clock = clock;
        this.floors = Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(retention)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .executor(Runnable::run)
                .evictionListener((_, _, cause) -> dropped(cause))
                .build();
    }

    /** Sets the known version to at least this one. */
    public void raise(EntityRef entity, int version) {
        floors.asMap().merge(entity, new Floor(version, 0), VersionFloors::higher);
    }

    /** Sets the claimed version to at least this one. */
    public void claim(EntityRef entity, int version) {
        floors.asMap().merge(entity, new Floor(0, version), VersionFloors::higher);
    }

    /** The lowest version that may be returned; 0 if every version is allowed. */
    public int of(EntityRef entity) {
        Floor floor = floors.getIfPresent(entity);
        return floor == null ? 0 : floor.version();
    }

    /** Whether this version may be returned. */
    public boolean allows(EntityRef entity, int version) {
        return version >= of(entity);
    }

    /** The lifetime of a floor. */
    public Duration retention() {
        return retention;
    }

    /** Whether floors within their lifetime were dropped because there were too many. */
    public boolean isIncomplete() {
        return clock.instant().isBefore(incompleteUntil.get());
    }

    /** Notes that this instance may have missed changes of other instances. */
    public void doubt() {
        doubted = clock.instant();
    }

    /** Whether this instance may have missed changes that an eventually consistent read does not show yet. */
    public boolean isDoubtful() {
        return isDoubtful(LAG);
    }

    /**
     * Whether this instance may have missed changes that some reads do not show yet.
     *
     * @param lag how long after a write those reads may show the state from before it
     */
    public boolean isDoubtful(Duration lag) {
        Instant last = doubted;
        return last != null && clock.instant().isBefore(last.plus(lag));
    }

    /** The newest version that this instance wrote or heard of; 0 for none. */
    public int known(EntityRef entity) {
        Floor floor = floors.getIfPresent(entity);
        return floor == null ? 0 : floor.known;
    }

    /** Forgets all floors, because the tables have another history now. */
    public void forget() {
        doubt();
        floors.invalidateAll();
    }

    /** The claimed version; 0 for none. */
    public int claimed(EntityRef entity) {
        Floor floor = floors.getIfPresent(entity);
        return floor == null ? 0 : floor.claimed;
    }

    /**
     * Lowers the claimed version to the result of a consistent read, unless the claim was raised during the read.
     *
     * @param version the version that was read, 0 if the entity does not exist
     * @param claimedBefore the claimed version before the read began
     */
    public void settle(EntityRef entity, int version, int claimedBefore) {
        floors.asMap()
                .computeIfPresent(
                        entity,
                        (_, floor) -> floor.claimed > claimedBefore
                                ? floor
                                : new Floor(floor.known, Math.min(floor.claimed, version)));
    }

    private void dropped(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            incompleteUntil.set(clock.instant().plus(retention));
        }
    }

    private static Floor higher(Floor one, Floor other) {
        return new Floor(Math.max(one.known, other.known), Math.max(one.claimed, other.claimed));
    }
}
