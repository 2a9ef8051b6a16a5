package dev.towline.localdax;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbResponse;

/** The pages that queries and scans of one node got, by all their parameters. No write touches it. Thread-safe. */
final class QueryCache {

    private final LruCache<DynamoDbRequest, DynamoDbResponse> pages;
    private long clears;

    QueryCache(LruCache<DynamoDbRequest, DynamoDbResponse> pages) {
        this.pages = pages;
    }

    /** Null if the cache does not know. */
    synchronized @Nullable DynamoDbResponse find(DynamoDbRequest request) {
        return pages.get(request);
    }

    /** To be handed to {@link #store} by a request that goes to DynamoDB now. */
    synchronized long begin() {
        return clears;
    }

    /** Stores the page unless the cache was cleared since the request began. */
    synchronized void store(DynamoDbRequest request, DynamoDbResponse page, long pageBytes, long begun) {
        if (begun == clears) {
            pages.put(request, page, pageBytes);
        }
    }

    synchronized void clear() {
        pages.clear();
        clears++;
    }

    synchronized long bytes() {
        return pages.bytes();
    }
}
