package dev.towline.cache.eviction;

import dev.towline.cache.ComputedKey;
import dev.towline.store.EntityRef;
import dev.towline.viewer.Tenant;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a tenant are evicted.
 *
 * @param kinds the kinds of entities of which any are evicted
 * @param entities the entities that are evicted, and with them the values computed from them
 * @param keys the computed values that are evicted because of their key
 * @param loads the keys of computed values in flight that may turn out to be evicted
 */
record Eviction(
        Tenant tenant,
        Predicate<String> kinds,
        Predicate<EntityRef> entities,
        Predicate<ComputedKey> keys,
        Predicate<ComputedKey> loads) {

    /** Everything. */
    static Eviction ofAll(Tenant tenant) {
        return new Eviction(tenant, _ -> true, _ -> true, _ -> true, _ -> true);
    }

    /** Entities of a kind, or the one with this id, and what was computed from them. */
    static Eviction ofEntity(Tenant tenant, String kind, @Nullable String id) {
        Predicate<EntityRef> entities = entity ->
                entity.entity().equals(kind) && (id == null || entity.id().equals(id));
        return new Eviction(
                tenant, kind::equals, entities, key -> key.parent() != null && entities.test(key.parent()), _ -> true);
    }

    /**
     * The values of a field.
     *
     * @param with arguments that a value was computed with, among others
     * @param without arguments that a value was computed without, or with their default
     */
    static Eviction ofField(Tenant tenant, String field, Map<String, Object> with, Set<String> without) {
        Predicate<ComputedKey> keys = key -> key.field().equals(field)
                && key.arguments().entrySet().containsAll(with.entrySet())
                && without.stream().noneMatch(key.arguments()::containsKey);
        return new Eviction(tenant, _ -> false, _ -> false, keys, keys);
    }
}
