package dev.towline.dynamo;

import dev.towline.store.Table;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;

/**
 * Reads from DynamoDB without DAX.
 *
 * @param consistent whether batch reads are strongly consistent; eventually consistent reads cost half
 */
record StraightReads(DynamoDbClient dynamo, TableNames names, BatchGet batches, Calls calls, boolean consistent)
        implements Reads {

    @Override
    public Map<ItemKey, Map<String, AttributeValue>> items(Table<?> table, Collection<ItemKey> keys) {
        return batches.items(
                table,
                keys,
                consistent,
                request -> calls.read("BatchGetItem", table.name(), () -> dynamo.batchGetItem(request)));
    }

    /** Reads one item with strong consistency, null if it does not exist. */
    @Nullable
    Map<String, AttributeValue> item(Table<?> table, ItemKey key) {
        GetItemRequest request = GetItemRequest.builder()
                .tableName(names.of(table))
                .key(key.attributes())
                .consistentRead(true)
                .build();
        var response = calls.read("GetItem", table.name(), () -> dynamo.getItem(request));
        return response.hasItem() ? response.item() : null;
    }
}
