package dev.towline.cache.answer;

import dev.towline.cache.CacheStatus;
import dev.towline.cache.Ingredient;
import dev.towline.cache.LookupResult;
import dev.towline.cache.Tier;

/** An entry whose lookup result the test decides. */
public final class FakeIngredient implements Ingredient {

    CacheStatus status = CacheStatus.HIT;
    int servings;

    @Override
    public LookupResult lookup() {
        return new LookupResult(status, Tier.L1, null, null, null);
    }

    @Override
    public void served(LookupResult result) {
        servings++;
    }
}
