package dev.towline.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.towline.store.Entity;
import dev.towline.store.EntityRef;
import dev.towline.store.VersionFloors;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The entities that this instance remembers, bounded by weight. An older state never replaces a newer one. Thread-safe, does not block. */
final class EntityEntries {

    private final Cache<EntityRef, EntityEntry> entries;
    private final VersionFloors floors;

    /** One more each time that everything had to be forgotten. */
    private final AtomicLong epoch = new AtomicLong();

    /**
     * @param maxBytes how much all entries may weigh together
     * @param bytes how much one weighs
     * @param evictions is told the kind of one that is gone, and why: size or explicit
     */
    EntityEntries(
            VersionFloors floors,
            long maxBytes,
            ToIntFunction<EntityEntry> bytes,
            BiConsumer<String, String> evictions) {
        this.floors = floors;
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<EntityRef, EntityEntry>weigher((_, entry) -> bytes.applyAsInt(entry))
                .removalListener((entity, _, cause) -> {
                    if (entity != null && cause != RemovalCause.REPLACED) {
                        evictions.accept(entity.entity(), cause.name().toLowerCase(Locale.ROOT));
                    }
                })
                .executor(Runnable::run)
                .recordStats()
                .build();
    }

    /** What is remembered of an entity, null if nothing is. */
    @Nullable
    EntityEntry get(EntityRef entity) {
        return entries.getIfPresent(entity);
    }

    /** The present epoch, to be noted before a load begins. */
    long epoch() {
        return epoch.get();
    }

    /**
     * Remembers what a load has found, unless something newer is known.
     *
     * @param sinceEpoch the epoch in which the load began: what was read in an earlier one may have been changed unheard
     * @return the newer of what was found and what is remembered
     */
    EntityEntry offer(EntityRef entity, EntityEntry found, long sinceEpoch) {
        EntityEntry[] newest = {found};
        entries.asMap().compute(entity, (_, old) -> {
            if (old != null && !supersedes(found, old)) {
                newest[0] = old;
                return old;
            }
            return floors.allows(entity, found.version()) && sinceEpoch == epoch.get() ? found : old;
        });
        if (sinceEpoch != epoch.get()) {
            entries.asMap().remove(entity, found);
        }
        return newest[0];
    }

    /** Replaces what is remembered by a newer state; what is not remembered stays so. */
    void replace(EntityRef entity, Entity value, Instant knownAt) {
        EntityEntry next = new EntityEntry(value, knownAt);
        entries.asMap().computeIfPresent(entity, (_, old) -> supersedes(next, old) ? next : old);
    }

    /** Forgets an entity. Returns whether anything was remembered. */
    boolean evict(EntityRef entity) {
        return entries.asMap().remove(entity) != null;
    }

    /** Forgets an entity unless it is of this version or a newer one. */
    void evictOlder(EntityRef entity, int version) {
        entries.asMap().computeIfPresent(entity, (_, old) -> old.version() < version ? null : old);
    }

    /** Forgets these entities, and remembers nothing that is being loaded now. Returns how many there were. */
    int evictIf(Predicate<EntityRef> which) {
        epoch.incrementAndGet();
        int count = 0;
        for (EntityRef entity : entries.asMap().keySet()) {
            if (which.test(entity) && evict(entity)) {
                count++;
            }
        }
        return count;
    }

    /** How many there are. */
    int size() {
        entries.cleanUp();
        return Math.toIntExact(entries.estimatedSize());
    }

    /** How much they weigh, in bytes, about. */
    long weightBytes() {
        return entries.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    /** How much is remembered of each kind of entity. Takes as long as there are entries. */
    Map<String, MemorySize> held() {
        Map<String, MemorySize> held = new TreeMap<>();
        for (EntityRef entity : entries.asMap().keySet()) {
            var entry = entries.policy().getEntryIfPresentQuietly(entity);
            if (entry != null) {
                held.merge(entity.entity(), new MemorySize(1, entry.weight()), MemorySize::and);
            }
        }
        return held;
    }

    private static boolean supersedes(EntityEntry found, EntityEntry old) {
        return found.version() > old.version()
                || (found.version() == old.version() && !found.knownAt().isBefore(old.knownAt()));
    }
}
