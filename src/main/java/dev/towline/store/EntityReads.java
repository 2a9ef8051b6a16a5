package dev.towline.store;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Answers a batch of lookups of one request. Without a bean of this type, batches are read from the {@link Store}. Thread-safe. */
@FunctionalInterface
public interface EntityReads {

    /**
     * Reads many entities. Does not block: blocking work runs on other threads.
     *
     * @param keys without duplicates
     * @param contexts the DataLoader key contexts by key; a key without a context is absent
     * @return the entities that exist
     */
    <K extends EntityKey, T extends Entity> CompletionStage<Map<K, T>> read(
            Table<T> table, Set<K> keys, Map<Object, Object> contexts);

    /**
     * Reads many entities for an operation. A read that nobody else waits for may end with it.
     *
     * @param operation the context of the operation, null if there is none
     */
    default <K extends EntityKey, T extends Entity> CompletionStage<Map<K, T>> read(
            Table<T> table, Set<K> keys, Map<Object, Object> contexts, @Nullable Object operation) {
        return read(table, keys, contexts);
    }
}
