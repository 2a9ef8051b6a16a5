package dev.towline.localdax;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** Answers eventually consistent queries and scans from the cache, page by page, empty pages too. Thread-safe. */
record PageReads(Operations next, QueryCache cache, Counting counting) implements ForwardingOperations {

    @Override
    public QueryResponse query(QueryRequest request) {
        if (Boolean.TRUE.equals(request.consistentRead())) {
            return next.query(request);
        }
        QueryRequest key = request.copy(builder -> builder.returnConsumedCapacity((ReturnConsumedCapacity) null));
        if (cache.find(key) instanceof QueryResponse known) {
            count(Metric.QUERY_CACHE_HITS, Metric.QUERY_CACHE_NEGATIVE_HITS, known.count());
            return known;
        }
        counting.add(Metric.QUERY_CACHE_MISSES, 1);
        long begun = cache.begin();
        QueryResponse page = next.query(request);
        // a page from the cache consumes nothing
        QueryResponse free = page.copy(builder -> builder.consumedCapacity((ConsumedCapacity) null));
        cache.store(key, free, bytes(page.items()), begun);
        return page;
    }

    @Override
    public ScanResponse scan(ScanRequest request) {
        if (Boolean.TRUE.equals(request.consistentRead())) {
            return next.scan(request);
        }
        ScanRequest key = request.copy(builder -> builder.returnConsumedCapacity((ReturnConsumedCapacity) null));
        if (cache.find(key) instanceof ScanResponse known) {
            count(Metric.SCAN_CACHE_HITS, Metric.SCAN_CACHE_NEGATIVE_HITS, known.count());
            return known;
        }
        counting.add(Metric.SCAN_CACHE_MISSES, 1);
        long begun = cache.begin();
        ScanResponse page = next.scan(request);
        ScanResponse free = page.copy(builder -> builder.consumedCapacity((ConsumedCapacity) null));
        cache.store(key, free, bytes(page.items()), begun);
        return page;
    }

    private void count(Metric hits, Metric negativeHits, int items) {
        counting.add(hits, 1);
        if (items == 0) {
            counting.add(negativeHits, 1);
        }
    }

    private static long bytes(List<Map<String, AttributeValue>> items) {
        return ItemSize.ENTRY_BYTES + items.stream().mapToLong(ItemSize::bytes).sum();
    }
}
