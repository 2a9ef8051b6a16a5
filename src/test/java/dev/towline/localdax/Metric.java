package dev.towline.localdax;

/** What a node counts besides its requests. Names are those of CloudWatch's {@code AWS/DAX} where it has one. */
public enum Metric {
    TOTAL_REQUEST_COUNT("TotalRequestCount"),
    /** Requests that were answered with an error, or not at all because a fault cut their connection. */
    FAILED_REQUEST_COUNT("FailedRequestCount"),
    /** Failures that the client caused: HTTP status 4xx in DynamoDB. Throttled requests are among them. */
    ERROR_REQUEST_COUNT("ErrorRequestCount"),
    /** Failures that the client did not cause. */
    FAULT_REQUEST_COUNT("FaultRequestCount"),
    THROTTLED_REQUEST_COUNT("ThrottledRequestCount"),
    /** Keys of GetItem and BatchGetItem that the item cache answered, with an item or with "not found". */
    ITEM_CACHE_HITS("ItemCacheHits"),
    ITEM_CACHE_MISSES("ItemCacheMisses"),
    /** The part of the hits whose answer was "not found". CloudWatch has no such metric. */
    ITEM_CACHE_NEGATIVE_HITS("ItemCacheNegativeHits"),
    QUERY_CACHE_HITS("QueryCacheHits"),
    QUERY_CACHE_MISSES("QueryCacheMisses"),
    /** The part of the hits of queries whose answer was an empty page. CloudWatch has no such metric. */
    QUERY_CACHE_NEGATIVE_HITS("QueryCacheNegativeHits"),
    SCAN_CACHE_HITS("ScanCacheHits"),
    SCAN_CACHE_MISSES("ScanCacheMisses"),
    /** The part of the hits of scans whose answer was an empty page. CloudWatch has no such metric. */
    SCAN_CACHE_NEGATIVE_HITS("ScanCacheNegativeHits"),
    /** Bytes that made room in one of the caches. */
    EVICTED_SIZE("EvictedSize"),
    /** Entries that made room in one of the caches. CloudWatch has no such metric. */
    EVICTED_ENTRIES("EvictedEntries"),
    /** Bytes in both caches now. */
    ESTIMATED_DB_SIZE("EstimatedDbSize"),
    /** Open connections now. */
    CLIENT_CONNECTIONS("ClientConnections");

    private final String cloudWatchName;

    Metric(String cloudWatchName) {
        this.cloudWatchName = cloudWatchName;
    }

    /** The name in CloudWatch, or one in its style. */
    public String cloudWatchName() {
        return cloudWatchName;
    }
}
