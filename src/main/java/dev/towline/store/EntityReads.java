package dev.towline.store;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** How a batch of one request's lookups is answered: from the {@link Store}, unless a bean of this type knows better. Thread-safe. */
@FunctionalInterface
public interface EntityReads {

    /**
     * Reads many at once; does not block, what blocks runs on other threads.
     *
     * @param keys without duplicates
     * @param contexts what whoever asked for a key gave along with it; keys without are absent
     * @return those that exist
     */
    <K extends EntityKey, T extends Entity> CompletionStage<Map<K, T>> read(
            Table<T> table, Set<K> keys, Map<Object, Object> contexts);
}
