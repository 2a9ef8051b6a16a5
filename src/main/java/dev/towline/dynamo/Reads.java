package dev.towline.dynamo;

import dev.towline.store.Table;
import java.util.Collection;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads items by key, through DAX or from DynamoDB. Blocking, thread-safe. */
interface Reads {

    /**
     * Reads items.
     *
     * @param keys any number, without duplicates
     * @return the items that exist
     * @throws dev.towline.problem.Unavailable if they cannot be read in time
     */
    Map<ItemKey, Map<String, AttributeValue>> items(Table<?> table, Collection<ItemKey> keys);
}
