package dev.towline.localdax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Answers eventually consistent reads of items by their keys from the cache, and DynamoDB's answers to the others are stored there. What is
 * not such a read passes through, and so does a request that DynamoDB would refuse. Thread-safe.
 */
record ItemReads(Operations next, ItemCache cache, OperationOrder order) implements ForwardingOperations {

    private static final int MAXIMUM_BATCH_KEYS = 100;

    @Override
    public GetItemResponse getItem(GetItemRequest request) {
        if (isConsistent(request.consistentRead())) {
            return next.getItem(request);
        }
        ItemKey key = key(request.tableName(), request.key());
        if (key == null) {
            return next.getItem(request);
        }
        ItemCache.Known known = cache.find(key);
        if (known != null) {
            return GetItemResponse.builder().item(known.item()).build();
        }
        long begun = order.begin();
        GetItemResponse response = next.getItem(request);
        cache.read(key, new ItemCache.Known(response.hasItem() ? response.item() : null), begun);
        return response;
    }

    @Override
    public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
        Map<ItemKey, Map<String, AttributeValue>> cacheable = cacheableKeys(request);
        if (cacheable == null) {
            return next.batchGetItem(request);
        }
        Map<String, List<Map<String, AttributeValue>>> found = new HashMap<>();
        request.requestItems().keySet().forEach(table -> of(table, found));
        Map<ItemKey, Map<String, AttributeValue>> missing = new LinkedHashMap<>();
        cacheable.forEach((key, asked) -> {
            ItemCache.Known known = cache.find(key);
            if (known == null) {
                missing.put(key, asked);
            } else if (known.item() != null) {
                of(key.table(), found).add(known.item());
            }
        });
        Map<String, KeysAndAttributes> left = left(request, missing);
        if (left.isEmpty()) {
            return BatchGetItemResponse.builder().responses(found).build();
        }
        long begun = order.begin();
        BatchGetItemResponse response = next.batchGetItem(request.copy(builder -> builder.requestItems(left)));
        store(missing.keySet(), response, begun);
        response.responses().forEach((table, items) -> of(table, found).addAll(items));
        return response.copy(builder -> builder.responses(found));
    }

    /** The keys that the cache may answer. Null if DynamoDB refuses the request, for which it has to see all of it. */
    private @Nullable Map<ItemKey, Map<String, AttributeValue>> cacheableKeys(BatchGetItemRequest request) {
        Map<ItemKey, Map<String, AttributeValue>> cacheable = new LinkedHashMap<>();
        int keys = 0;
        for (var table : request.requestItems().entrySet()) {
            keys += table.getValue().keys().size();
            if (isConsistent(table.getValue().consistentRead())) {
                continue;
            }
            for (var asked : table.getValue().keys()) {
                ItemKey key = key(table.getKey(), asked);
                if (key == null || cacheable.put(key, asked) != null) {
                    return null;
                }
            }
        }
        return keys > MAXIMUM_BATCH_KEYS ? null : cacheable;
    }

    /** The consistent part of the request, and of the other the keys that are missing in the cache. */
    private static Map<String, KeysAndAttributes> left(
            BatchGetItemRequest request, Map<ItemKey, Map<String, AttributeValue>> missing) {
        Map<String, List<Map<String, AttributeValue>>> missingByTable = new HashMap<>();
        missing.forEach((key, asked) -> of(key.table(), missingByTable).add(asked));
        Map<String, KeysAndAttributes> left = new HashMap<>();
        request.requestItems().forEach((table, asked) -> {
            if (isConsistent(asked.consistentRead())) {
                left.put(table, asked);
            } else if (missingByTable.containsKey(table)) {
                left.put(table, asked.copy(keys -> keys.keys(missingByTable.get(table))));
            }
        });
        return left;
    }

    private void store(Set<ItemKey> missing, BatchGetItemResponse response, long begun) {
        Set<ItemKey> notFound = new HashSet<>(missing);
        response.unprocessedKeys()
                .forEach((table, unprocessed) ->
                        unprocessed.keys().forEach(asked -> notFound.remove(key(table, asked))));
        response.responses()
                .forEach((table, items) -> items.forEach(item -> {
                    ItemKey key = key(table, item);
                    // not one of a consistent read
                    if (key != null && notFound.remove(key)) {
                        cache.read(key, new ItemCache.Known(item), begun);
                    }
                }));
        notFound.forEach(key -> cache.read(key, new ItemCache.Known(null), begun));
    }

    private @Nullable ItemKey key(String table, Map<String, AttributeValue> attributes) {
        return ItemKey.of(table, next.keyOf(table), attributes);
    }

    private static <T> List<T> of(String table, Map<String, List<T>> byTable) {
        return byTable.computeIfAbsent(table, any -> new ArrayList<>());
    }

    private static boolean isConsistent(@Nullable Boolean consistentRead) {
        return Boolean.TRUE.equals(consistentRead);
    }
}
