package dev.towline.cache.eviction;

import dev.towline.cache.ComputedKey;
import dev.towline.store.EntityRef;
import dev.towline.viewer.Tenant;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a tenant to evict.
 *
 * @param kinds the kinds of entities of which some are evicted
 * @param entities the entities to evict, together with the values computed from them
 * @param keys the keys of computed values to evict
 * @param loads the keys of computed values whose in-flight loads may return a value to evict
 */
record Eviction(
        Tenant tenant,
        Predicate<String> kinds,
        Predicate<EntityRef> entities,
        Predicate<ComputedKey> keys,
        Predicate<ComputedKey> loads) {

    /** All entries. */
    static Eviction ofAll(Tenant tenant) {
        return new Eviction(tenant, _ -> true, _ -> true, _ -> true, _ -> true);
    }

    /** All entities of a kind, or the one with this id, and the values computed from them. */
    static Eviction ofEntity(Tenant tenant, String kind, @Nullable String id) {
        Predicate<EntityRef> entities = entity ->
                entity.entity().equals(kind) && (id == null || entity.id().equals(id));
        return new Eviction(
                tenant, kind::equals, entities, key -> key.parent() != null && entities.test(key.parent()), _ -> true);
    }

    /**
     * Values of a field.
     *
     * @param with arguments that a value must have; it may have more
     * @param without arguments that a value must not have, because they are null or have their default
     */
    static Eviction ofField(Tenant tenant, String field, Map<String, Object> with, Set<String> without) {
        Predicate<ComputedKey> keys = key -> key.field().equals(field)
                && key.arguments().entrySet().containsAll(with.entrySet())
                && without.stream().noneMatch(key.arguments()::containsKey);
        return new Eviction(tenant, _ -> false, _ -> false, keys, keys);
    }
}
