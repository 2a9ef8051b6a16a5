package dev.towline.dynamo;

import java.util.List;

/** Hears of every acknowledged write of this instance. Implementations are beans; one that fails is logged and hinders nobody. */
@FunctionalInterface
public interface ChangeListener {

    /**
     * Called after DynamoDB has acknowledged a write and before its caller is answered, on the caller's thread, so what is done
     * here delays the answer. Writes of different threads may arrive in another order than their versions.
     *
     * @param changes everything that one write or one transaction changed, in the order in which it was given
     */
    void changed(List<Changed> changes);

    /**
     * Called where DynamoDB did not say whether a write was applied, on the caller's thread, before its caller is told the same.
     *
     * @param keys of the entities that it may have changed
     */
    default void inDoubt(List<EntityKey> keys) {}
}
