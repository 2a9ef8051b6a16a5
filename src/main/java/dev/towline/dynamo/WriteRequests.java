package dev.towline.dynamo;

import dev.towline.store.Entity;
import dev.towline.store.Write;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Makes the requests of conditional writes. A failed condition returns the stored item, which saves a read. */
record WriteRequests(TableNames names) {

    private static final String IS_NEW = "attribute_not_exists(" + ItemKey.PARTITION + ")";
    private static final String IS_PREVIOUS = Items.VERSION + " = :previous";

    PutItemRequest put(Write<?> write) {
        return PutItemRequest.builder()
                .tableName(names.of(write.table()))
                .item(item(write))
                .conditionExpression(condition(write))
                .expressionAttributeValues(conditionValues(write))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
    }

    TransactWriteItemsRequest transaction(List<Write<?>> writes) {
        return TransactWriteItemsRequest.builder()
                .transactItems(writes.stream().map(this::part).toList())
                .clientRequestToken(token(writes))
                .build();
    }

    private TransactWriteItem part(Write<?> write) {
        Put put = Put.builder()
                .tableName(names.of(write.table()))
                .item(item(write))
                .conditionExpression(condition(write))
                .expressionAttributeValues(conditionValues(write))
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                .build();
        return TransactWriteItem.builder().put(put).build();
    }

    private static <T extends Entity> Map<String, AttributeValue> item(Write<T> write) {
        return Items.item(write.table(), write.value());
    }

    private static String condition(Write<?> write) {
        return write.isCreation() ? IS_NEW : IS_PREVIOUS;
    }

    /** Null if the condition has no values, because DynamoDB rejects an empty map. */
    private static @Nullable Map<String, AttributeValue> conditionValues(Write<?> write) {
        return write.isCreation()
                ? null
                : Map.of(
                        ":previous",
                        AttributeValue.fromN(Integer.toString(write.value().version() - 1)));
    }

    /** The idempotency token of a transaction: equal only for repetitions of the same writes. */
    static String token(List<Write<?>> writes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Write<?> write : writes) {
                digest.update(write.value().revision().writeId().getBytes(StandardCharsets.UTF_8));
            }
            return Base64.getUrlEncoder().encodeToString(digest.digest()).substring(0, 36);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
