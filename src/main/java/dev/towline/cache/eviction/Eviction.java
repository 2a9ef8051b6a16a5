package dev.towline.cache.eviction;

import dev.towline.cache.ComputedKey;
import dev.towline.store.EntityRef;
import dev.towline.viewer.Tenant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which entries go. */
sealed interface Eviction {

    /** Only its entries go. */
    Tenant tenant();

    /** Whether what is remembered of this entity of the tenant goes. */
    boolean takes(EntityRef entity);

    /** Whether any entity of this kind goes. */
    boolean takesKind(String entity);

    /** Whether what is remembered under this key of the tenant goes, by the key alone. */
    boolean takes(ComputedKey key);

    /** Whether a value that is being computed for this key may turn out to be made from what goes. */
    boolean mayTake(ComputedKey key);

    /** All that there is. */
    record OfAll(Tenant tenant) implements Eviction {

        @Override
        public boolean takes(EntityRef entity) {
            return true;
        }

        @Override
        public boolean takesKind(String entity) {
            return true;
        }

        @Override
        public boolean takes(ComputedKey key) {
            return true;
        }

        @Override
        public boolean mayTake(ComputedKey key) {
            return true;
        }
    }

    /**
     * Entities, and what was computed from them.
     *
     * @param id null: all of the kind
     */
    record OfEntity(Tenant tenant, String kind, @Nullable String id) implements Eviction {

        @Override
        public boolean takes(EntityRef entity) {
            return takesKind(entity.entity()) && (id == null || entity.id().equals(id));
        }

        @Override
        public boolean takesKind(String entity) {
            return entity.equals(kind);
        }

        @Override
        public boolean takes(ComputedKey key) {
            return key.parent() != null && takes(key.parent());
        }

        @Override
        public boolean mayTake(ComputedKey key) {
            return true;
        }
    }

    /**
     * What was computed for a field.
     *
     * @param with arguments that it was made with, among others
     * @param without arguments that it was made without, or with their default
     */
    record OfField(Tenant tenant, String field, Map<String, Object> with, Set<String> without) implements Eviction {

        @Override
        public boolean takes(EntityRef entity) {
            return false;
        }

        @Override
        public boolean takesKind(String entity) {
            return false;
        }

        @Override
        public boolean takes(ComputedKey key) {
            Map<String, Object> given = key.arguments();
            return key.field().equals(field)
                    && given.entrySet().containsAll(with.entrySet())
                    && without.stream().noneMatch(given::containsKey);
        }

        @Override
        public boolean mayTake(ComputedKey key) {
            return takes(key);
        }
    }
}
