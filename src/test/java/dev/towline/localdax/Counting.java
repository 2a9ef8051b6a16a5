package dev.towline.localdax;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Counts for one node. Thread-safe. */
final class Counting {

    private final Map<Metric, LongAdder> metrics = new ConcurrentHashMap<>();
    private final Map<Operation, LongAdder> requests = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> dynamoRequests = new ConcurrentHashMap<>();

    void add(Metric metric, long count) {
        increase(metrics, metric, count);
    }

    void addRequest(Operation operation) {
        add(Metric.TOTAL_REQUEST_COUNT, 1);
        increase(requests, operation, 1);
    }

    void addDynamoRequest(String apiName) {
        increase(dynamoRequests, apiName, 1);
    }

    void addFailure(RuntimeException failure) {
        int status = switch (failure) {
            case SdkServiceException error -> error.statusCode();
            case DaxError error -> error.httpStatus();
            default -> 500;
        };
        add(Metric.FAILED_REQUEST_COUNT, 1);
        add(status < 500 ? Metric.ERROR_REQUEST_COUNT : Metric.FAULT_REQUEST_COUNT, 1);
        if (failure instanceof SdkServiceException error && error.isThrottlingException()) {
            add(Metric.THROTTLED_REQUEST_COUNT, 1);
        }
    }

    /** What was counted so far, with two values of now. */
    Counters snapshot(long cachedBytes, long connections) {
        Map<Metric, Long> counted = new EnumMap<>(Metric.class);
        metrics.forEach((metric, count) -> counted.put(metric, count.sum()));
        counted.put(Metric.ESTIMATED_DB_SIZE, cachedBytes);
        counted.put(Metric.CLIENT_CONNECTIONS, connections);
        return new Counters(counted, sums(requests), sums(dynamoRequests));
    }

    private static <K> void increase(Map<K, LongAdder> counts, K key, long count) {
        counts.computeIfAbsent(key, any -> new LongAdder()).add(count);
    }

    private static <K> Map<K, Long> sums(Map<K, LongAdder> counts) {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum()));
    }
}
