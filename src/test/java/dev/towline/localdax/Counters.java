package dev.towline.localdax;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one node or a whole cluster counted since its start. What is not in a map was never counted.
 *
 * @param dynamoRequests requests that went to DynamoDB, by their API name; {@code DescribeTable} is among them
 */
public record Counters(Map<Metric, Long> metrics, Map<Operation, Long> requests, Map<String, Long> dynamoRequests) {

    static final Counters NONE = new Counters(Map.of(), Map.of(), Map.of());

    public Counters {
        metrics = Map.copyOf(metrics);
        requests = Map.copyOf(requests);
        dynamoRequests = Map.copyOf(dynamoRequests);
    }

    public long get(Metric metric) {
        return metrics.getOrDefault(metric, 0L);
    }

    /** The requests of clients for an operation, failed ones included. */
    public long requests(Operation operation) {
        return requests.getOrDefault(operation, 0L);
    }

    /** The requests for an operation that went to DynamoDB, those that the node made for itself included. */
    public long dynamoRequests(Operation operation) {
        return dynamoRequests.getOrDefault(operation.apiName(), 0L);
    }

    Counters plus(Counters other) {
        return new Counters(
                sum(new HashMap<>(metrics), other.metrics),
                sum(new HashMap<>(requests), other.requests),
                sum(new HashMap<>(dynamoRequests), other.dynamoRequests));
    }

    /** One line of names and counts; requests as {@code GetItemRequestCount}, those to DynamoDB as {@code DynamoGetItemRequestCount}. */
    @Override
    public String toString() {
        Map<String, Long> named = new TreeMap<>();
        metrics.forEach((metric, count) -> named.put(metric.cloudWatchName(), count));
        requests.forEach((operation, count) -> named.put(countName(operation), count));
        dynamoRequests.forEach((apiName, count) -> named.put("Dynamo" + apiName + "RequestCount", count));
        return named.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    private static String countName(Operation operation) {
        return switch (operation) {
            // as CloudWatch has it
            case TRANSACT_GET_ITEMS, TRANSACT_WRITE_ITEMS -> operation.apiName() + "Count";
            default -> operation.apiName() + "RequestCount";
        };
    }

    private static <K> Map<K, Long> sum(Map<K, Long> counts, Map<K, Long> others) {
        others.forEach((key, count) -> counts.merge(key, count, Long::sum));
        return counts;
    }
}
