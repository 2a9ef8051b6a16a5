package dev.towline.cache;

import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import java.util.Map;
import java.util.Set;

/** What the memory of this instance can answer at once. Thread-safe, does not block. */
final class EntityCache {

    private final EntityEntries entries;
    private final VersionFloors floors;
    private final Freshness freshness;
    private final EntityLoads loads;
    private final Map<String, Table<?>> tables;
    private final UsageListener usage;

    EntityCache(
            EntityEntries entries,
            VersionFloors floors,
            Freshness freshness,
            EntityLoads loads,
            Map<String, Table<?>> tables,
            UsageListener usage) {
        this.entries = entries;
        this.floors = floors;
        this.freshness = freshness;
        this.loads = loads;
        this.tables = Map.copyOf(tables);
        this.usage = usage;
    }

    /**
     * An answer at once, or why there is none.
     *
     * @param entry what is to be served, if the result serves
     */
    record Cached(LookupResult result, EntityEntry entry) {}

    /** Looks an entity up for a field; one that is past its time but served begins a load. */
    Cached look(EntityKey key, CachePolicy policy) {
        EntityEntry entry = entries.get(key.ref());
        // Own writes have replaced it already; what a client says it has seen has not.
        LookupResult result = entry != null && !floors.allows(key.ref(), entry.version())
                ? LookupResult.miss(Tier.STORE, "seen")
                : freshness.of(entry, policy);
        if (result.status() == CacheStatus.STALE) {
            revalidate(key, policy);
        }
        return new Cached(result, entry == null ? EntityEntry.NONE : entry);
    }

    /** After a batch has failed, perhaps with another key: what has come all the same, or may be served because nothing newer can be had. */
    Cached lookAfterError(EntityKey key, CachePolicy policy) {
        EntityEntry entry = entries.get(key.ref());
        if (entry == null || !floors.allows(key.ref(), entry.version())) {
            return new Cached(LookupResult.miss(Tier.STORE, "error"), EntityEntry.NONE);
        }
        LookupResult now = freshness.of(entry, policy);
        return new Cached(freshness.isGood(entry, policy) ? now : freshness.afterError(entry, policy), entry);
    }

    /** Somebody was answered with this one. */
    void used(EntityKey key) {
        usage.used(key);
    }

    private void revalidate(EntityKey key, CachePolicy policy) {
        Table<?> table = tables.get(key.entity());
        if (table != null) {
            load(table, key, policy);
        }
    }

    private <T extends Entity> void load(Table<T> table, EntityKey key, CachePolicy policy) {
        loads.of(table, Set.of(key), (_, entry) -> freshness.isGood(entry, policy));
    }
}
