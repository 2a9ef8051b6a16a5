package dev.towline.cache;

import java.lang.ref.WeakReference;

/** The entry of a computed value that an answer was made from. {@link EntityIngredient} says why the reference is weak. */
record ComputedIngredient(ComputedCache cache, CachedField field, ComputedKey key, WeakReference<ComputedEntry> entry)
        implements Ingredient {

    @Override
    public LookupResult lookup() {
        ComputedEntry now = cache.get(key);
        return now != null && entry.refersTo(now)
                ? cache.look(now, field.policy())
                : LookupResult.miss(Tier.STORE, "absent");
    }

    @Override
    public void served(LookupResult result) {
        field.onAnswer(result);
    }
}
