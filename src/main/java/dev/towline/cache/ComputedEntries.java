package dev.towline.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.towline.geo.Area;
import dev.towline.geo.GeoPoint;
import dev.towline.geo.Located;
import dev.towline.store.ComputedValue;
import dev.towline.store.Entity;
import dev.towline.store.EntityRef;
import dev.towline.store.Revision;
import dev.towline.viewer.Tenant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The computed values in the memory of this instance, bounded by weight. A change of an entity removes the values that were computed
 * from it, and the searches around its old and its new position; two indexes lead to them. If the old position is unknown, the change removes
 * all searches of the tenant. Thread-safe, does not block.
 */
final class ComputedEntries {

    private final Cache<ComputedKey, IndexedEntry> entries;
    private final ConcurrentMap<EntityRef, Set<IndexedEntry>> byEntity = new ConcurrentHashMap<>();
    private final ConcurrentMap<Tenant, AreaIndex<IndexedEntry>> byPlace = new ConcurrentHashMap<>();

    /** @param evictions receives the field and the cause of each removed entry, unless a newer one has replaced it */
    ComputedEntries(long maxBytes, BiConsumer<String, String> evictions) {
        this.entries = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<ComputedKey, IndexedEntry>weigher((_, indexed) -> indexed.entry.weightBytes())
                .removalListener((_, indexed, cause) -> {
                    if (indexed != null) {
                        unlink(indexed);
                        if (cause != RemovalCause.REPLACED) {
                            evictions.accept(indexed.key.field(), cause.name().toLowerCase(Locale.ROOT));
                        }
                    }
                })
                .executor(Runnable::run)
                .build();
    }

    /** An entry in the indexes. It has no {@code equals}, because an index must not lead to the entry that replaces this one. */
    private static final class IndexedEntry {

        private final ComputedKey key;
        private final ComputedEntry entry;
        private final AtomicBoolean superseded;

        private IndexedEntry(ComputedKey key, ComputedEntry entry, AtomicBoolean superseded) {
            this.key = key;
            this.entry = entry;
            this.superseded = superseded;
        }
    }

    @Nullable
    ComputedEntry get(ComputedKey key) {
        IndexedEntry indexed = entries.getIfPresent(key);
        // offer is about to remove a superseded entry.
        return indexed == null || indexed.superseded.get() ? null : indexed.entry;
    }

    /**
     * Stores the result of a load, if it is up to date.
     *
     * @param superseded becomes true when a change arrives during the load
     */
    void offer(ComputedKey key, ComputedEntry found, AtomicBoolean superseded) {
        if (!found.value().isUpToDate() || superseded.get()) {
            return;
        }
        IndexedEntry indexed = new IndexedEntry(key, found, superseded);
        // Index first. A later change finds the entry, and an earlier one has superseded the load.
        link(indexed);
        entries.put(key, indexed);
        if (superseded.get()) {
            entries.asMap().remove(key, indexed);
        }
    }

    /**
     * Removes the values that the change of an entity invalidates. Before this call, the caller must supersede the in-flight loads.
     *
     * @param before the entity before the change, null if it is new or unknown
     */
    void changed(Entity value, @Nullable Entity before) {
        Tenant tenant = value.key().tenant();
        boolean isLocated = value instanceof Located;
        Set<IndexedEntry> outdated =
                new HashSet<>(byEntity.getOrDefault(value.key().ref(), Set.of()));
        if (isLocated) {
            addAround(tenant, value, outdated);
            addAround(tenant, before, outdated);
        }
        boolean hasUnknownPlaceBefore = isLocated
                && !(before instanceof Located)
                && value.version() > Revision.first().version();
        if (hasUnknownPlaceBefore) {
            entries.asMap().values().stream()
                    .filter(indexed -> indexed.key.tenant().equals(tenant.name())
                            && indexed.entry.value().lookedIn() != null)
                    .forEach(outdated::add);
        }
        outdated.forEach(indexed -> entries.asMap().remove(indexed.key, indexed));
    }

    /** Removes values. Before this call, the caller must supersede the in-flight loads. Returns the number of removed values. */
    int evictIf(BiPredicate<ComputedKey, ComputedValue> which) {
        List<ComputedKey> keys = entries.asMap().entrySet().stream()
                .filter(each -> which.test(each.getKey(), each.getValue().entry.value()))
                .map(Map.Entry::getKey)
                .toList();
        entries.invalidateAll(keys);
        return keys.size();
    }

    /** The current size. */
    MemorySize size() {
        return MemorySize.of(entries);
    }

    /** The current size, by field. Takes time in proportion to the number of entries. */
    Map<String, MemorySize> sizes() {
        return MemorySize.byName(entries, ComputedKey::field);
    }

    /** Whether the memory and both indexes are empty. */
    boolean isEmpty() {
        return size().entries() == 0
                && byEntity.isEmpty()
                && byPlace.values().stream().allMatch(AreaIndex::isEmpty);
    }

    private void addAround(Tenant tenant, @Nullable Entity entity, Set<IndexedEntry> found) {
        AreaIndex<IndexedEntry> places = byPlace.get(tenant);
        if (places != null && entity instanceof Located located) {
            GeoPoint position = located.position();
            places.forEachAround(position, found::add);
        }
    }

    private void link(IndexedEntry indexed) {
        ComputedValue value = indexed.entry.value();
        for (EntityRef ref : value.madeFrom()) {
            byEntity.compute(ref, (_, present) -> {
                Set<IndexedEntry> all = present == null ? ConcurrentHashMap.newKeySet() : present;
                all.add(indexed);
                return all;
            });
        }
        Area area = value.lookedIn();
        if (area != null) {
            byPlace.computeIfAbsent(new Tenant(indexed.key.tenant()), _ -> new AreaIndex<>())
                    .add(indexed, area);
        }
    }

    private void unlink(IndexedEntry indexed) {
        ComputedValue value = indexed.entry.value();
        for (EntityRef ref : value.madeFrom()) {
            byEntity.computeIfPresent(ref, (_, all) -> {
                all.remove(indexed);
                return all.isEmpty() ? null : all;
            });
        }
        Area area = value.lookedIn();
        AreaIndex<IndexedEntry> places = byPlace.get(new Tenant(indexed.key.tenant()));
        if (area != null && places != null) {
            places.remove(indexed, area);
        }
    }
}
