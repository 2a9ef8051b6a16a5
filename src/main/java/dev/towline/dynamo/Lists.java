package dev.towline.dynamo;

import dev.towline.store.Entity;
import dev.towline.store.Index;
import dev.towline.store.IndexRow;
import dev.towline.store.Order;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.viewer.Tenant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Queries and scans: indexes, the rows under an id, whole tables. Blocking, thread-safe. */
record Lists(DynamoDbClient dynamo, TableNames names, Calls calls) {

    /** The newest rows of several partitions of an index as one list, see {@link Store#list}. */
    List<IndexRow> index(
            Table<?> table,
            Index<?> index,
            Tenant tenant,
            List<String> partitions,
            @Nullable String before,
            int limit) {
        List<Supplier<List<IndexRow>>> queries = partitions.stream()
                .distinct()
                .<Supplier<List<IndexRow>>>map(
                        partition -> () -> partition(table, index, ItemKey.partition(tenant, partition), before, limit))
                .toList();
        return Parallel.all(calls.observations(), queries).stream()
                .flatMap(List::stream)
                // An entity that moves between partitions may appear in both for a moment.
                .distinct()
                .sorted(Comparator.comparing(IndexRow::sort).reversed())
                .limit(limit)
                .toList();
    }

    /** See {@link Store#rows}. */
    <T extends Entity> List<T> rows(
            Table<T> table, String partition, @Nullable String after, @Nullable String before, Order order, int limit) {
        if (after != null && before != null && after.compareTo(before) >= 0) {
            return List.of();
        }
        KeyCondition condition = KeyCondition.of(ItemKey.PARTITION, partition, ItemKey.SORT, after, before);
        QueryRequest query = condition
                .query(names.of(table))
                .consistentRead(true)
                .scanIndexForward(order == Order.ASCENDING)
                .build();
        return query(table, query, condition.includesBounds() ? limit + 2 : limit).stream()
                .filter(item -> {
                    String sort = ItemKey.of(item).sort();
                    return !Objects.equals(sort, after) && !Objects.equals(sort, before);
                })
                .limit(limit)
                .map(item -> Items.entity(table, item))
                .toList();
    }

    /** See {@link Store#approximateCount}. */
    int approximateCount(Table<?> table) {
        return Math.toIntExact(calls.read(
                        "DescribeTable",
                        table.name(),
                        () -> dynamo.describeTable(request -> request.tableName(names.of(table))))
                .table()
                .itemCount());
    }

    /** See {@link Store#exists}. */
    boolean exists(Table<?> table) {
        return calls.read("DescribeTable", table.name(), () -> {
            try {
                dynamo.describeTable(request -> request.tableName(names.of(table)));
                return true;
            } catch (ResourceNotFoundException _) {
                return false;
            }
        });
    }

    /** See {@link Store#forEach}. */
    <T extends Entity> void scan(Table<T> table, Consumer<T> consumer) {
        Map<String, AttributeValue> start = Map.of();
        do {
            ScanRequest request = ScanRequest.builder()
                    .tableName(names.of(table))
                    .consistentRead(true)
                    .exclusiveStartKey(start.isEmpty() ? null : start)
                    .build();
            ScanResponse page = calls.read("Scan", table.name(), () -> dynamo.scan(request));
            page.items().forEach(item -> consumer.accept(Items.entity(table, item)));
            start = page.lastEvaluatedKey();
        } while (!start.isEmpty());
    }

    private List<IndexRow> partition(
            Table<?> table, Index<?> index, String partition, @Nullable String before, int limit) {
        String sort = index.sortAttribute();
        QueryRequest query = KeyCondition.of(index.name(), partition, sort, null, before)
                .query(names.of(table))
                .indexName(index.name())
                .scanIndexForward(false)
                .build();
        return query(table, query, limit).stream()
                .map(item -> new IndexRow(ItemKey.of(item).id(), Items.text(item, sort)))
                .toList();
    }

    private List<Map<String, AttributeValue>> query(Table<?> table, QueryRequest query, int limit) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, AttributeValue> start = Map.of();
        while (items.size() < limit) {
            QueryRequest request = query.toBuilder()
                    .limit(limit - items.size())
                    .exclusiveStartKey(start.isEmpty() ? null : start)
                    .build();
            QueryResponse page = calls.read("Query", table.name(), () -> dynamo.query(request));
            items.addAll(page.items());
            start = page.lastEvaluatedKey();
            if (start.isEmpty()) {
                break;
            }
        }
        return items;
    }
}
