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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The entities in the memory of this instance, bounded by weight. An older version never replaces a newer one. Thread-safe, does not block.
 */
final class EntityEntries {

    private final Cache<EntityRef, EntityEntry> entries;
    private final VersionFloors floors;

    /**
     * @param maxBytes the maximum weight of all entries, in bytes
     * @param bytes the weight of an entry, in bytes
     * @param evictions receives the kind and the cause (size or explicit) of each evicted entry
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

    /** The entry of an entity, null if there is none. */
    @Nullable
    EntityEntry get(EntityRef entity) {
        return entries.getIfPresent(entity);
    }

    /**
     * Stores the result of a load, unless a newer version is known.
     *
     * @param superseded becomes true when the entity is changed or evicted after the load started
     * @return the loaded entry or the stored one, whichever is newer
     */
    EntityEntry offer(EntityRef entity, EntityEntry found, AtomicBoolean superseded) {
        EntityEntry stored = entries.asMap().compute(entity, (_, old) -> {
            boolean isAllowed = floors.allows(entity, found.version()) && !superseded.get();
            return isAllowed && (old == null || isNewer(found, old)) ? found : old;
        });
        if (superseded.get()) {
            entries.asMap().remove(entity, found);
        }
        return stored == null || isNewer(found, stored) ? found : stored;
    }

    /** Replaces the entry of an entity if it exists and is older. */
    void replace(EntityRef entity, Entity value, Instant upToDateAt) {
        EntityEntry next = new EntityEntry(value, upToDateAt);
        entries.asMap().computeIfPresent(entity, (_, old) -> isNewer(next, old) ? next : old);
    }

    /** Evicts an entity. Returns whether there was an entry. */
    boolean evict(EntityRef entity) {
        return entries.asMap().remove(entity) != null;
    }

    /** Evicts an entity if its entry is older than this version. */
    void evictOlder(EntityRef entity, int version) {
        entries.asMap().computeIfPresent(entity, (_, old) -> old.version() < version ? null : old);
    }

    /**
     * Evicts entities. Before this call, the caller must supersede their in-flight loads, which could store an outdated value afterwards.
     * Returns the number of removed entries.
     */
    int evictIf(Predicate<EntityRef> which) {
        int count = 0;
        for (EntityRef entity : entries.asMap().keySet()) {
            if (which.test(entity) && evict(entity)) {
                count++;
            }
        }
        return count;
    }

    /** The current size. */
    MemorySize size() {
        return MemorySize.of(entries);
    }

    /** The current size, by kind of entity. Takes time in proportion to the number of entries. */
    Map<String, MemorySize> sizes() {
        return MemorySize.byName(entries, EntityRef::entity);
    }

    private static boolean isNewer(EntityEntry found, EntityEntry old) {
        return found.version() > old.version()
                || (found.version() == old.version() && !found.upToDateAt().isBefore(old.upToDateAt()));
    }
}
