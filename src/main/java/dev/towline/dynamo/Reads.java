package dev.towline.dynamo;

import dev.towline.store.Table;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads items by key: the seam behind which DAX stands, or does not. Blocking, thread-safe. */
interface Reads {

    /**
     * Reads items, as fresh as this way allows.
     *
     * @param keys any number, without duplicates
     * @return those that exist
     * @throws dev.towline.problem.Unavailable if they can't be read in time
     */
    Map<ItemKey, Map<String, AttributeValue>> items(Table<?> table, Collection<ItemKey> keys);
}
