package dev.towline.store;

import java.util.function.Predicate;

/** A feed that is proven for some entities only, as when one of several channels is cut. */
public record PartlyProven(Predicate<EntityKey> entities) implements ChangeFeed {

    @Override
    public boolean isProven() {
        return false;
    }

    @Override
    public boolean isProven(EntityKey entity) {
        return entities.test(entity);
    }
}
