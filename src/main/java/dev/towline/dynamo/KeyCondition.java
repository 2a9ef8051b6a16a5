package dev.towline.dynamo;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * The key condition of a query. Attribute names are placeholders, because DynamoDB reserves hundreds of words.
 *
 * @param includesBounds whether the result includes rows at the bounds, because DynamoDB has no operator for an open interval
 */
record KeyCondition(
        String expression, Map<String, String> names, Map<String, AttributeValue> values, boolean includesBounds) {

    /** The condition for rows of a partition between two sort keys, each of which may be null. */
    static KeyCondition of(
            String partitionAttribute,
            String partition,
            String sortAttribute,
            @Nullable String after,
            @Nullable String before) {
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        names.put("#partition", partitionAttribute);
        values.put(":partition", AttributeValue.fromS(partition));
        if (after != null || before != null) {
            names.put("#sort", sortAttribute);
        }
        if (after != null) {
            values.put(":after", AttributeValue.fromS(after));
        }
        if (before != null) {
            values.put(":before", AttributeValue.fromS(before));
        }
        return new KeyCondition(
                "#partition = :partition" + bounds(after, before), names, values, after != null && before != null);
    }

    /** A query with this condition. */
    QueryRequest.Builder query(String tableName) {
        return QueryRequest.builder()
                .tableName(tableName)
                .keyConditionExpression(expression)
                .expressionAttributeNames(names)
                .expressionAttributeValues(values);
    }

    private static String bounds(@Nullable String after, @Nullable String before) {
        if (after != null) {
            return before == null ? " AND #sort > :after" : " AND #sort BETWEEN :after AND :before";
        }
        return before == null ? "" : " AND #sort < :before";
    }
}
