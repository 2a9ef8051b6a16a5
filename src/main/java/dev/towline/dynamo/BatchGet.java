package dev.towline.dynamo;

import dev.towline.problem.Unavailable;
import dev.towline.store.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Reads many keys with BatchGetItem: splits them into requests of at most 100 keys, and repeats a request for unprocessed keys.
 *
 * @param maxAttempts the maximum number of successive requests of which DynamoDB processes no key
 */
record BatchGet(TableNames names, Backoff backoff, int maxAttempts, Calls calls) {

    private static final int MOST_KEYS = 100;

    /** The same with another number of attempts. */
    BatchGet withAttempts(int attempts) {
        return new BatchGet(names, backoff, attempts, calls);
    }

    /**
     * Reads all keys, with parallel requests if there are more than 100. Blocking.
     *
     * @param send sends one request
     */
    Map<ItemKey, Map<String, AttributeValue>> items(
            Table<?> table,
            Collection<ItemKey> keys,
            boolean consistent,
            Function<BatchGetItemRequest, BatchGetItemResponse> send) {
        List<ItemKey> all = List.copyOf(keys);
        List<Supplier<Map<ItemKey, Map<String, AttributeValue>>>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST_KEYS) {
            List<Map<String, AttributeValue>> part = all.subList(from, Math.min(from + MOST_KEYS, all.size())).stream()
                    .map(ItemKey::attributes)
                    .toList();
            parts.add(() -> part(names.of(table), part, consistent, send));
        }
        Map<ItemKey, Map<String, AttributeValue>> items = new HashMap<>();
        Parallel.all(calls.observations(), parts).forEach(items::putAll);
        return items;
    }

    private Map<ItemKey, Map<String, AttributeValue>> part(
            String tableName,
            List<Map<String, AttributeValue>> keys,
            boolean consistent,
            Function<BatchGetItemRequest, BatchGetItemResponse> send) {
        Map<ItemKey, Map<String, AttributeValue>> items = new HashMap<>();
        List<Map<String, AttributeValue>> pending = keys;
        int withoutProgress = 0;
        while (true) {
            BatchGetItemResponse response = send.apply(request(tableName, pending, consistent));
            response.responses().getOrDefault(tableName, List.of()).forEach(item -> items.put(ItemKey.of(item), item));
            KeysAndAttributes unprocessed = response.unprocessedKeys().get(tableName);
            if (unprocessed == null || unprocessed.keys().isEmpty()) {
                return items;
            }
            withoutProgress = unprocessed.keys().size() < pending.size() ? 0 : withoutProgress + 1;
            if (withoutProgress >= maxAttempts) {
                throw new Unavailable("The database is busy. Try again in a moment.", null);
            }
            pending = unprocessed.keys();
            backoff.pause(withoutProgress);
        }
    }

    private static BatchGetItemRequest request(
            String tableName, List<Map<String, AttributeValue>> keys, boolean consistent) {
        KeysAndAttributes keysToRead = KeysAndAttributes.builder()
                .keys(keys)
                .consistentRead(consistent)
                .build();
        return BatchGetItemRequest.builder()
                .requestItems(Map.of(tableName, keysToRead))
                .build();
    }
}
