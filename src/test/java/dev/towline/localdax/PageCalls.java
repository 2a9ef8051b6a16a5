package dev.towline.localdax;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Query and Scan. Blocking, thread-safe. */
final class PageCalls {

    private final Operations operations;
    private final Cbor cbor;
    private final Keys keys;
    private final Items items;

    PageCalls(Operations operations, Cbor cbor, Items items) {
        this.operations = operations;
        this.cbor = cbor;
        this.keys = new Keys(cbor);
        this.items = items;
    }

    /**
     * One page of either.
     *
     * @param items null if only their number was asked for
     * @param lastKey null on the last page
     */
    private record Page(
            @Nullable List<Map<String, AttributeValue>> items,
            int count,
            int scannedCount,
            @Nullable Map<String, AttributeValue> lastKey,
            @Nullable ConsumedCapacity consumed) {}

    void query(List<@Nullable Object> arguments, CborOutput out) {
        String table = Arguments.name(arguments.get(0));
        TableKey key = operations.keyOf(table);
        Options options = Options.read(arguments.get(2));
        Projection projection = Projection.read(cbor, options.projection());
        var expressions = new Expressions(cbor);
        QueryResponse response = operations.query(QueryRequest.builder()
                .tableName(table)
                .indexName(options.index())
                .keyConditionExpression(expressions.condition(arguments.get(1)))
                .filterExpression(expressions.condition(options.filter()))
                .projectionExpression(expressions.projection(projection))
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .exclusiveStartKey(startKey(key, options))
                .consistentRead(options.consistentRead())
                .scanIndexForward(options.forward())
                .limit(options.limit())
                .select(options.select())
                .returnConsumedCapacity(options.capacity())
                .build());
        var page = new Page(
                response.hasItems() ? response.items() : null,
                response.count(),
                response.scannedCount(),
                response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null,
                response.consumedCapacity());
        write(out, key, options, projection, page);
    }

    void scan(List<@Nullable Object> arguments, CborOutput out) {
        String table = Arguments.name(arguments.get(0));
        TableKey key = operations.keyOf(table);
        Options options = Options.read(arguments.get(1));
        Projection projection = Projection.read(cbor, options.projection());
        var expressions = new Expressions(cbor);
        ScanResponse response = operations.scan(ScanRequest.builder()
                .tableName(table)
                .indexName(options.index())
                .filterExpression(expressions.condition(options.filter()))
                .projectionExpression(expressions.projection(projection))
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .exclusiveStartKey(startKey(key, options))
                .consistentRead(options.consistentRead())
                .limit(options.limit())
                .segment(options.segment())
                .totalSegments(options.totalSegments())
                .select(options.select())
                .returnConsumedCapacity(options.capacity())
                .build());
        var page = new Page(
                response.hasItems() ? response.items() : null,
                response.count(),
                response.scannedCount(),
                response.hasLastEvaluatedKey() ? response.lastEvaluatedKey() : null,
                response.consumedCapacity());
        write(out, key, options, projection, page);
    }

    private @Nullable Map<String, AttributeValue> startKey(TableKey key, Options options) {
        Object start = options.startKey();
        if (start == null) {
            return null;
        }
        return options.index() == null ? keys.read(key, start) : keys.readCompound(start);
    }

    private void write(CborOutput out, TableKey key, Options options, @Nullable Projection projection, Page page) {
        var answer = new Answer(out);
        List<Map<String, AttributeValue>> found = page.items;
        if (found != null) {
            answer.put(true, Answer.ITEMS, each -> {
                each.array(found.size());
                found.forEach(item -> write(each, key, projection, item));
                each.end();
            });
        }
        answer.put(true, Answer.COUNT, each -> each.integer(page.count))
                .put(true, Answer.SCANNED_COUNT, each -> each.integer(page.scannedCount));
        Map<String, AttributeValue> last = page.lastKey;
        if (last != null) {
            byte[] bytes = options.index() == null ? Keys.bytes(key, last) : Keys.compoundBytes(last);
            answer.put(true, Answer.LAST_KEY, each -> each.binary(bytes));
        }
        answer.consumption(page.consumed, null).end();
    }

    private void write(
            CborOutput out, TableKey key, @Nullable Projection projection, Map<String, AttributeValue> item) {
        if (projection != null) {
            projection.write(out, item);
            return;
        }
        items.write(out.array(2).binary(Keys.bytes(key, item)), key, item);
        out.end();
    }
}
