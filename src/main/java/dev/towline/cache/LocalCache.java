package dev.towline.cache;

import dev.towline.store.Change;
import dev.towline.store.ComputedValue;
import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.EntityRef;
import dev.towline.store.Table;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The first tier: the entities and computed values in the memory of this instance, and the in-flight loads that will add to them.
 * Thread-safe, does not block.
 */
public final class LocalCache {

    private final EntityEntries entities;
    private final EntityLoads loads;
    private final ComputedCache computed;

    LocalCache(EntityEntries entities, EntityLoads loads, ComputedCache computed) {
        this.entities = entities;
        this.loads = loads;
        this.computed = computed;
    }

    /** Loads entities, and joins in-flight loads. Completes when all are loaded, and fails if one load fails. */
    public <K extends EntityKey, T extends Entity> CompletableFuture<Void> load(Table<T> table, Set<K> keys) {
        return CompletableFuture.allOf(loads.of(table, keys, (_, _) -> false).values().stream()
                .map(SingleFlight.Load::result)
                .toArray(CompletableFuture<?>[]::new));
    }

    /**
     * Evicts entities and computed values.
     *
     * @param which the entities to evict
     * @param mayEvict the keys of computed values whose in-flight loads may return a value to evict
     * @param whichComputed the computed values to evict
     * @return the number of evicted entries
     */
    public int evictIf(
            Predicate<EntityRef> which,
            Predicate<ComputedKey> mayEvict,
            BiPredicate<ComputedKey, ComputedValue> whichComputed) {
        loads.supersede(which);
        return entities.evictIf(which) + computed.evictIf(mayEvict, whichComputed);
    }

    /** The sizes, by kind of entity and by field. Takes time in proportion to the number of entries. */
    public Map<String, MemorySize> sizes() {
        Map<String, MemorySize> sizes = new TreeMap<>(entities.sizes());
        sizes.putAll(computed.sizes());
        return sizes;
    }

    /** Evicts all entries. */
    void clear() {
        evictIf(_ -> true, _ -> true, (_, _) -> true);
    }

    /** Evicts entities, and all computed values of their tenants. */
    void evict(Collection<EntityKey> keys) {
        evictIf(
                ref -> keys.stream().anyMatch(key -> key.ref().equals(ref)),
                key -> isOfTenant(key, keys),
                (key, _) -> isOfTenant(key, keys));
    }

    /**
     * Applies a change: replaces the entity, and evicts the computed values that depend on an older state.
     *
     * @param isInTime whether the new state is certainly the newest now. If not, the change may have arrived late, and an older entry is
     *     only evicted
     */
    void apply(Change change, boolean isInTime, Instant now) {
        EntityRef entity = change.key().ref();
        if (isInTime) {
            entities.replace(entity, change.value(), now);
        } else {
            entities.evictOlder(entity, change.value().version());
        }
        computed.changed(change.value(), change.before());
    }

    private static boolean isOfTenant(ComputedKey computed, Collection<EntityKey> keys) {
        return keys.stream().anyMatch(key -> key.tenant().name().equals(computed.tenant()));
    }
}
