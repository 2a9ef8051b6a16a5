package dev.towline.localdax;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Writes to DynamoDB first and then to the cache. A write that fails changes nothing. Thread-safe.
 *
 * @param background runs what is done after an answer
 */
record ItemWrites(Operations next, ItemCache cache, OperationOrder order, Executor background)
        implements ForwardingOperations {

    private static final Logger log = LoggerFactory.getLogger(ItemWrites.class);

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
        long begun = order.begin();
        PutItemResponse response = next.putItem(request);
        wrote(request.tableName(), request.item(), put(request.item()), begun);
        return response;
    }

    @Override
    public DeleteItemResponse deleteItem(DeleteItemRequest request) {
        long begun = order.begin();
        DeleteItemResponse response = next.deleteItem(request);
        wrote(request.tableName(), request.key(), new ItemCache.Known(null), begun);
        return response;
    }

    /** Asks DynamoDB for the whole new item, which the cache needs, and gives the caller what it asked for. */
    @Override
    public UpdateItemResponse updateItem(UpdateItemRequest request) {
        long begun = order.begin();
        return switch (request.returnValues()) {
            case ALL_NEW -> {
                UpdateItemResponse response = next.updateItem(request);
                wrote(request.tableName(), request.key(), new ItemCache.Known(response.attributes()), begun);
                yield response;
            }
            case ALL_OLD, UPDATED_OLD, UPDATED_NEW -> {
                // DynamoDB answers one or the other
                UpdateItemResponse response = next.updateItem(request);
                wrote(request.tableName(), request.key(), readAgain(request), begun);
                yield response;
            }
            case null, default -> {
                UpdateItemResponse response =
                        next.updateItem(request.copy(builder -> builder.returnValues(ReturnValue.ALL_NEW)));
                wrote(request.tableName(), request.key(), new ItemCache.Known(response.attributes()), begun);
                yield response.copy(builder -> builder.attributes(null));
            }
        };
    }

    @Override
    public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
        long begun = order.begin();
        BatchWriteItemResponse response = next.batchWriteItem(request);
        request.requestItems().forEach((table, writes) -> {
            Map<ItemKey, ItemCache.Known> processed = new HashMap<>();
            writes.forEach(write -> processed.put(key(table, write), written(write)));
            response.unprocessedItems().getOrDefault(table, List.of()).stream()
                    .map(write -> key(table, write))
                    .forEach(processed::remove);
            processed.forEach((key, known) -> cache.wrote(key, known, begun));
        });
        return response;
    }

    /** Reads what was written only after the answer: until then the cache has what it had. */
    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
        TransactWriteItemsResponse response = next.transactWriteItems(request);
        List<Get> written = request.transactItems().stream()
                .flatMap(action -> written(action).stream())
                .toList();
        if (!written.isEmpty()) {
            background.execute(() -> refresh(written));
        }
        return response;
    }

    private void refresh(List<Get> written) {
        long begun = order.begin();
        List<ItemResponse> read;
        try {
            var items = written.stream()
                    .map(get -> TransactGetItem.builder().get(get).build())
                    .toList();
            read = next.transactGetItems(TransactGetItemsRequest.builder()
                            .transactItems(items)
                            .build())
                    .responses();
        } catch (SdkException e) {
            log.debug("What a transaction wrote could not be read: the next reads ask DynamoDB", e);
            written.forEach(get -> wrote(get.tableName(), get.key(), null, begun));
            return;
        }
        for (int i = 0; i < written.size(); i++) {
            Get get = written.get(i);
            var item = read.get(i).hasItem() ? read.get(i).item() : null;
            wrote(get.tableName(), get.key(), new ItemCache.Known(item), begun);
        }
    }

    private Optional<Get> written(TransactWriteItem action) {
        if (action.put() != null) {
            String table = action.put().tableName();
            var item = action.put().item();
            var key = next.keyOf(table).names().stream().collect(Collectors.toMap(Function.identity(), item::get));
            return Optional.of(Get.builder().tableName(table).key(key).build());
        }
        if (action.update() != null) {
            return Optional.of(Get.builder()
                    .tableName(action.update().tableName())
                    .key(action.update().key())
                    .build());
        }
        return Optional.ofNullable(action.delete())
                .map(delete -> Get.builder()
                        .tableName(delete.tableName())
                        .key(delete.key())
                        .build());
    }

    private void wrote(
            String table, Map<String, AttributeValue> attributes, ItemCache.@Nullable Known known, long begun) {
        cache.wrote(key(table, attributes), known, begun);
    }

    private ItemKey key(String table, WriteRequest write) {
        return key(
                table,
                write.putRequest() == null
                        ? write.deleteRequest().key()
                        : write.putRequest().item());
    }

    /** Of something that DynamoDB has accepted, so that its key is complete. */
    private ItemKey key(String table, Map<String, AttributeValue> attributes) {
        return Objects.requireNonNull(ItemKey.of(table, next.keyOf(table), attributes));
    }

    private static ItemCache.Known written(WriteRequest write) {
        return write.putRequest() == null
                ? new ItemCache.Known(null)
                : put(write.putRequest().item());
    }

    /** What a read of the item would find. */
    private static ItemCache.Known put(Map<String, AttributeValue> item) {
        return new ItemCache.Known(CanonicalValues.of(item));
    }

    private ItemCache.@Nullable Known readAgain(UpdateItemRequest request) {
        try {
            GetItemResponse read = next.getItem(GetItemRequest.builder()
                    .tableName(request.tableName())
                    .key(request.key())
                    .consistentRead(true)
                    .build());
            return new ItemCache.Known(read.hasItem() ? read.item() : null);
        } catch (SdkException e) {
            log.debug("An updated item could not be read: the next read asks DynamoDB", e);
            return null;
        }
    }
}
