package dev.towline.cache;

import dev.towline.store.EntityKey;
import java.lang.ref.WeakReference;

/**
 * The entry of an entity, or of its absence, that an answer was made from. Each load and each change makes a new entry, so no answer outlives
 * a change. The reference is weak: an answer that nobody asks for any more must not keep old entities in memory.
 */
record EntityIngredient(EntityCache cache, CachedField field, EntityKey key, WeakReference<EntityEntry> entry)
        implements Ingredient {

    @Override
    public LookupResult lookup() {
        EntityEntry now = cache.get(key);
        return now != null && entry.refersTo(now)
                ? cache.look(key, now, field.policy())
                : LookupResult.miss(Tier.STORE, "absent");
    }

    @Override
    public void served(LookupResult result) {
        field.onAnswer(result);
        EntityEntry now = entry.get();
        if (now != null && !now.isAbsent()) {
            cache.used(key);
        }
    }
}
