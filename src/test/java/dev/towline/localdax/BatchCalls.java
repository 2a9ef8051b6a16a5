package dev.towline.localdax;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** BatchGetItem and BatchWriteItem. Blocking, thread-safe. */
final class BatchCalls {

    private final Operations operations;
    private final Cbor cbor;
    private final Keys keys;
    private final Items items;

    BatchCalls(Operations operations, Cbor cbor, Items items) {
        this.operations = operations;
        this.cbor = cbor;
        this.keys = new Keys(cbor);
        this.items = items;
    }

    void get(List<@Nullable Object> arguments, CborOutput out) {
        Map<String, TableKey> tableKeys = new HashMap<>();
        Map<String, Projection> projections = new HashMap<>();
        Map<String, KeysAndAttributes> asked = new LinkedHashMap<>();
        Arguments.map(arguments.get(0)).forEach((table, value) -> {
            List<@Nullable Object> parts = requireSize(3, Arguments.list(value));
            TableKey key = operations.keyOf(table);
            tableKeys.put(table, key);
            Projection projection = Projection.read(cbor, parts.get(1));
            if (projection != null) {
                projections.put(table, projection);
            }
            List<Map<String, AttributeValue>> wanted = new ArrayList<>();
            Arguments.list(parts.get(2)).forEach(each -> wanted.add(keys.read(key, each)));
            asked.put(
                    table,
                    KeysAndAttributes.builder()
                            .keys(wanted)
                            .consistentRead(Arguments.bool(parts.get(0)))
                            .build());
        });
        BatchGetItemResponse response = operations.batchGetItem(BatchGetItemRequest.builder()
                .requestItems(asked)
                .returnConsumedCapacity(Options.read(arguments.get(1)).capacity())
                .build());
        out.array(2).map(response.responses().size());
        response.responses()
                .forEach((table, found) ->
                        writeFound(out.key(table), keyOf(tableKeys, table), projections.get(table), found));
        out.endMap().map(response.unprocessedKeys().size());
        response.unprocessedKeys().forEach((table, left) -> {
            out.key(table).array(left.keys().size());
            left.keys().forEach(each -> out.binary(Keys.bytes(keyOf(tableKeys, table), each)));
            out.end();
        });
        out.endMap().end();
        Consumption.writeAll(out, response.consumedCapacity());
    }

    void write(List<@Nullable Object> arguments, CborOutput out) {
        Options options = Options.read(arguments.get(1));
        Map<String, TableKey> tableKeys = new HashMap<>();
        Map<String, List<WriteRequest>> writes = new LinkedHashMap<>();
        Arguments.map(arguments.get(0)).forEach((table, value) -> {
            TableKey key = operations.keyOf(table);
            tableKeys.put(table, key);
            writes.put(table, writes(key, Arguments.list(value)));
        });
        BatchWriteItemResponse response = operations.batchWriteItem(BatchWriteItemRequest.builder()
                .requestItems(writes)
                .returnConsumedCapacity(options.capacity())
                .returnItemCollectionMetrics(options.metrics())
                .build());
        out.map(response.unprocessedItems().size());
        response.unprocessedItems().forEach((table, left) -> {
            out.key(table).array(2 * left.size());
            left.forEach(each -> writeUnprocessed(out, keyOf(tableKeys, table), each));
            out.end();
        });
        out.endMap();
        Consumption.writeAll(out, response.consumedCapacity());
        Consumption.writeAll(out, response.itemCollectionMetrics());
    }

    private List<WriteRequest> writes(TableKey key, List<@Nullable Object> pairs) {
        if (pairs.size() % 2 != 0) {
            throw new MalformedRequest("a key without an item");
        }
        List<WriteRequest> writes = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i += 2) {
            Map<String, AttributeValue> itsKey = keys.read(key, pairs.get(i));
            Object withoutKey = pairs.get(i + 1);
            WriteRequest.Builder write = WriteRequest.builder();
            if (withoutKey == null) {
                write.deleteRequest(delete -> delete.key(itsKey));
            } else {
                Map<String, AttributeValue> item = items.read(itsKey, withoutKey);
                write.putRequest(put -> put.item(item));
            }
            writes.add(write.build());
        }
        return writes;
    }

    private void writeFound(
            CborOutput out, TableKey key, @Nullable Projection projection, List<Map<String, AttributeValue>> found) {
        if (projection != null) {
            out.array(found.size());
            found.forEach(each -> projection.write(out, each));
        } else {
            out.array(2 * found.size());
            found.forEach(each -> items.write(out.binary(Keys.bytes(key, each)), key, each));
        }
        out.end();
    }

    private void writeUnprocessed(CborOutput out, TableKey key, WriteRequest write) {
        if (write.putRequest() != null) {
            Map<String, AttributeValue> item = write.putRequest().item();
            items.write(out.binary(Keys.bytes(key, item)), key, item);
        } else {
            out.binary(Keys.bytes(key, write.deleteRequest().key())).nothing();
        }
    }

    private TableKey keyOf(Map<String, TableKey> known, String table) {
        return known.computeIfAbsent(table, operations::keyOf);
    }

    private static List<@Nullable Object> requireSize(int size, List<@Nullable Object> list) {
        if (list.size() != size) {
            throw new MalformedRequest("%d elements instead of %d".formatted(list.size(), size));
        }
        return list;
    }
}
