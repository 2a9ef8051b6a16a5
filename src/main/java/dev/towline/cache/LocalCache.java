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
 * The first tier: the entities and the computed values that this instance remembers, with the loads that are about to add to them.
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

    /** Loads these entities, as any lookup of theirs would. Completes when all are there, and fails with any of them. */
    public <K extends EntityKey, T extends Entity> CompletableFuture<Void> load(Table<T> table, Set<K> keys) {
        return CompletableFuture.allOf(loads.of(table, keys, (_, _) -> false).values().stream()
                .map(SingleFlight.Load::result)
                .toArray(CompletableFuture<?>[]::new));
    }

    /**
     * Forgets these entities, and the computed values that {@code whichComputed} takes.
     *
     * @param mayTake keys of computed values: a load of theirs that is in flight may turn out to be one of those
     * @return how many entries went
     */
    public int evictIf(
            Predicate<EntityRef> which,
            Predicate<ComputedKey> mayTake,
            BiPredicate<ComputedKey, ComputedValue> whichComputed) {
        loads.supersede(which);
        return entities.evictIf(which) + computed.evictIf(mayTake, whichComputed);
    }

    /** How much is remembered, by kind of entity and by field. Takes as long as there are entries. */
    public Map<String, MemorySize> sizes() {
        Map<String, MemorySize> sizes = new TreeMap<>(entities.sizes());
        sizes.putAll(computed.sizes());
        return sizes;
    }

    /** Forgets everything. */
    void clear() {
        evictIf(_ -> true, _ -> true, (_, _) -> true);
    }

    /** Forgets these entities, and all that was computed in their tenants. */
    void forget(Collection<EntityKey> keys) {
        evictIf(
                ref -> keys.stream().anyMatch(key -> key.ref().equals(ref)),
                key -> isOfTenant(key, keys),
                (key, _) -> isOfTenant(key, keys));
    }

    /**
     * Takes over a newer state, and forgets what was computed from an older one.
     *
     * @param isInTime otherwise the change may be of long ago: its state was the newest then, and need not be now
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
