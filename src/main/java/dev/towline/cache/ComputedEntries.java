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
import dev.towline.viewer.Tenant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The computed values that this instance remembers, bounded by weight, each until something happens to what it was made from or where it
 * has looked. Thread-safe, does not block.
 */
final class ComputedEntries {

    private final Cache<ComputedKey, IndexedEntry> entries;
    private final ConcurrentMap<EntityRef, Set<IndexedEntry>> byEntity = new ConcurrentHashMap<>();
    private final ConcurrentMap<Tenant, AreaIndex<IndexedEntry>> byPlace = new ConcurrentHashMap<>();

    /** Loads that are under way, each with the tenant whose changes concern it. */
    private final Set<Loading> loading = ConcurrentHashMap.newKeySet();

    /** @param evictions is told the field of one that is gone, and why */
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

    /** What leads to an entry leads to this one alone, not to the one that takes its place: so it has no equals. */
    private static final class IndexedEntry {

        private final ComputedKey key;
        private final ComputedEntry entry;
        private final Loading begun;

        private IndexedEntry(ComputedEntry entry, Loading begun) {
            this.key = begun.key;
            this.entry = entry;
            this.begun = begun;
        }
    }

    /** A load under way; once something has changed, what it finds may be old already and is not remembered. */
    static final class Loading {

        private final ComputedKey key;
        private volatile boolean isOvertaken;

        private Loading(ComputedKey key) {
            this.key = key;
        }

        ComputedKey key() {
            return key;
        }

        boolean isOvertaken() {
            return isOvertaken;
        }
    }

    @Nullable
    ComputedEntry get(ComputedKey key) {
        IndexedEntry indexed = entries.getIfPresent(key);
        // One that is overtaken at this very moment is about to be forgotten.
        return indexed == null || indexed.begun.isOvertaken ? null : indexed.entry;
    }

    /** To be called before a load begins, and {@link #end} after it. */
    Loading begin(ComputedKey key) {
        Loading begun = new Loading(key);
        loading.add(begun);
        return begun;
    }

    /** Remembers what a load has found, unless something happened meanwhile. Null: it found nothing that can be remembered. */
    void end(Loading begun, @Nullable ComputedEntry found) {
        if (found != null && found.value().isUpToDate() && !begun.isOvertaken) {
            IndexedEntry indexed = new IndexedEntry(found, begun);
            // IndexedEntry first: from here on a change finds it.
            link(indexed);
            entries.put(begun.key, indexed);
            if (begun.isOvertaken) {
                entries.invalidate(begun.key);
            }
        }
        loading.remove(begun);
    }

    /**
     * Forgets what an entity's change makes old.
     *
     * @param before the state before, null if there was none or it is not known
     */
    void changed(Entity value, @Nullable Entity before) {
        Tenant tenant = value.key().tenant();
        boolean isLocated = value instanceof Located;
        if (isLocated) {
            overtake(key -> key.tenant().equals(tenant.name()));
        }
        Set<IndexedEntry> old = new HashSet<>(byEntity.getOrDefault(value.key().ref(), Set.of()));
        if (isLocated) {
            around(tenant, value, old);
            around(tenant, before, old);
        }
        if (ChangedCells.of(value, before).isAnywhere()) {
            entries.asMap().values().stream()
                    .filter(indexed -> indexed.key.tenant().equals(tenant.name())
                            && indexed.entry.value().lookedIn() != null)
                    .forEach(old::add);
        }
        old.forEach(indexed -> entries.asMap().remove(indexed.key, indexed));
    }

    /** Forgets the values of these keys. Returns how many. */
    int evictIf(Predicate<ComputedKey> which) {
        return evictIf(which, (key, _) -> which.test(key));
    }

    /**
     * Forgets values by what is in them. Returns how many.
     *
     * @param overtaken which loads under way are not remembered
     */
    int evictIf(Predicate<ComputedKey> overtaken, BiPredicate<ComputedKey, ComputedValue> which) {
        overtake(overtaken);
        List<ComputedKey> keys = entries.asMap().entrySet().stream()
                .filter(each -> which.test(each.getKey(), each.getValue().entry.value()))
                .map(Map.Entry::getKey)
                .toList();
        entries.invalidateAll(keys);
        return keys.size();
    }

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

    /** How much is remembered of each field. Takes as long as there are entries. */
    Map<String, MemorySize> held() {
        Map<String, MemorySize> held = new TreeMap<>();
        entries.asMap()
                .forEach((key, indexed) ->
                        held.merge(key.field(), new MemorySize(1, indexed.entry.weightBytes()), MemorySize::and));
        return held;
    }

    /** Whether nothing at all is kept, also of what leads to entries. */
    boolean isEmpty() {
        return size() == 0 && byEntity.isEmpty() && byPlace.values().stream().allMatch(AreaIndex::isEmpty);
    }

    private void overtake(Predicate<ComputedKey> which) {
        loading.stream().filter(each -> which.test(each.key)).forEach(each -> each.isOvertaken = true);
    }

    private void around(Tenant tenant, @Nullable Entity entity, Set<IndexedEntry> found) {
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
