package dev.towline.cache;

import dev.towline.geo.Area;
import dev.towline.store.ComputedValue;
import dev.towline.store.EntityRef;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What a whole answer was made from and for how long it is good, for whoever wants to keep it and drop it again by reference: put one
 * into the {@link graphql.GraphQLContext} under its class, and read it once the answer is there. Fields without {@code @cache} are not
 * in it: an answer that has any of its own resolver is not to be kept. Thread-safe.
 */
final class Provenance {

    /** Longer than anything is good. */
    private static final Duration FOREVER = Duration.ofDays(365);

    private final Set<EntityRef> madeFrom = ConcurrentHashMap.newKeySet();
    private final Set<Area> lookedIn = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Duration> remaining = new AtomicReference<>(FOREVER);
    private volatile CacheScope scope = CacheScope.PUBLIC;

    /** The entities in the answer, and those that were asked for and are not there. */
    Set<EntityRef> madeFrom() {
        return Set.copyOf(madeFrom);
    }

    /** Where entities were looked for. */
    Set<Area> lookedIn() {
        return Set.copyOf(lookedIn);
    }

    /** How much longer all of it is good; zero: it is not to be kept. */
    Duration remaining() {
        Duration shortest = remaining.get();
        return shortest.equals(FOREVER) ? Duration.ZERO : shortest;
    }

    /** Whose it is: {@link CacheScope#PRIVATE} if any of it is. */
    CacheScope scope() {
        return scope;
    }

    void add(EntityRef entity) {
        madeFrom.add(entity);
    }

    void add(ComputedValue value) {
        madeFrom.addAll(value.madeFrom());
        Area area = value.lookedIn();
        if (area != null) {
            lookedIn.add(area);
        }
    }

    void add(CacheScope of, Finding finding) {
        if (of == CacheScope.PRIVATE) {
            scope = CacheScope.PRIVATE;
        }
        if (finding.tier() != Tier.REQUEST) {
            @Nullable Duration good = finding.remaining();
            remaining.accumulateAndGet(
                    good == null ? Duration.ZERO : good, (one, other) -> one.compareTo(other) < 0 ? one : other);
        }
    }
}
