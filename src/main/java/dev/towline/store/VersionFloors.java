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
 * <p>A floor has three parts. {@link #raise} sets the <em>known</em> version: a local write, or a message of another instance. The others
 * may be wrong: {@link #attempt} sets the version of a local write with an unknown outcome, and {@link #claim} a version that a client says
 * it has seen. A read below any part is repeated with strong consistency. {@link #settle} then lowers the attempt and the claim to the version
 * that the consistent read found, so a wrong claim costs one read. A floor must live longer than a read may lag behind a write, and DAX keeps
 * items for 5 minutes by default. Claims come from anybody, and again with each request of a client. So they are kept apart, for a shorter time,
 * and dropping one has no consequences for other requests. There are two cases in which floors are not sufficient, and all reads must be consistent for a while: {@link #isIncomplete}, after floors
 * were dropped because there were too many, and {@link #isDoubtful}, after a gap in the messages of other instances. See decision 0008. The
 * guarantee corresponds to "monotonic reads" and "read your writes" of Terry et al., Session Guarantees for Weakly Consistent Replicated
 * Data, 1994.
 */
public final class VersionFloors {

    /** The assumed maximum lag of eventually consistent reads, which is usually well below a second. */
    public static final Duration LAG = Duration.ofSeconds(5);

    /** The default maximum number of floors, of about 100 bytes each. */
    public static final int MOST = 200_000;

    /** The maximum number of claims. */
    private static final int MOST_CLAIMS = 20_000;

    /** The lifetime of a claim: longer than a request takes. */
    private static final Duration CLAIM_RETENTION = Duration.ofMinutes(1);

    private final Cache<EntityRef, Floor> floors;
    private final Cache<EntityRef, Integer> claims;
    private final Duration retention;
    private final InstantSource clock;
    private volatile @Nullable Instant doubted;
    private final AtomicReference<Instant> incompleteUntil = new AtomicReference<>(Instant.MIN);

    /**
     * The two parts of a floor that come from this service; 0 for none.
     */
    private record Floor(int known, int attempted) {

        static final Floor NONE = new Floor(0, 0);
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
        this.floors = limited(most, retention)
                .evictionListener((_, _, cause) -> dropped(cause))
                .build();
        this.claims = limited(MOST_CLAIMS, CLAIM_RETENTION).build();
    }

    private Caffeine<Object, Object> limited(int most, Duration lifetime) {
        return Caffeine.newBuilder()
                .maximumSize(most)
                .expireAfterWrite(lifetime)
                .ticker(() -> Duration.between(Instant.EPOCH, clock.instant()).toNanos())
                .executor(Runnable::run);
    }

    /** Sets the known version to at least this one. */
    public void raise(EntityRef entity, int version) {
        floors.asMap().merge(entity, new Floor(version, 0), VersionFloors::higher);
    }

    /** Sets the attempted version to at least this one, which a write with an unknown outcome would have led to. */
    public void attempt(EntityRef entity, int version) {
        floors.asMap().merge(entity, new Floor(0, version), VersionFloors::higher);
    }

    /** Sets the claimed version to at least this one, which a client says it has seen. */
    public void claim(EntityRef entity, int version) {
        claims.asMap().merge(entity, version, Math::max);
    }

    /** The lowest version that may be returned; 0 if every version is allowed. */
    public int of(EntityRef entity) {
        return Math.max(floor(entity).known, claimed(entity));
    }

    private Floor floor(EntityRef entity) {
        Floor floor = floors.getIfPresent(entity);
        return floor == null ? Floor.NONE : floor;
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
        return floor(entity).known;
    }

    /** Forgets all floors, because the tables have another history now. */
    public void forget() {
        doubt();
        floors.invalidateAll();
        claims.invalidateAll();
    }

    /** The attempted or claimed version, whichever is higher; 0 for none. */
    public int claimed(EntityRef entity) {
        Integer claim = claims.getIfPresent(entity);
        return Math.max(floor(entity).attempted, claim == null ? 0 : claim);
    }

    /**
     * Lowers the attempted and the claimed version to the result of a consistent read, unless they were raised during the read.
     *
     * @param version the version that was read, 0 if the entity does not exist
     * @param claimedBefore the result of {@link #claimed} before the read began
     */
    public void settle(EntityRef entity, int version, int claimedBefore) {
        floors.asMap()
                .computeIfPresent(
                        entity, (_, floor) -> new Floor(floor.known, settled(floor.attempted, version, claimedBefore)));
        claims.asMap().computeIfPresent(entity, (_, claim) -> settled(claim, version, claimedBefore));
    }

    private static int settled(int claim, int version, int claimedBefore) {
        return claim > claimedBefore ? claim : Math.min(claim, version);
    }

    private void dropped(RemovalCause cause) {
        if (cause == RemovalCause.SIZE) {
            incompleteUntil.set(clock.instant().plus(retention));
        }
    }

    private static Floor higher(Floor one, Floor other) {
        return new Floor(Math.max(one.known, other.known), Math.max(one.attempted, other.attempted));
    }
}
