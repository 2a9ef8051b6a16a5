package dev.towline.localdax;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** GetItem, PutItem, UpdateItem and DeleteItem: arguments in, DynamoDB asked, answer out. Blocking, thread-safe. */
final class SingleItemCalls {

    private final Operations operations;
    private final Cbor cbor;
    private final Keys keys;
    private final Items items;

    SingleItemCalls(Operations operations, Cbor cbor, Items items) {
        this.operations = operations;
        this.cbor = cbor;
        this.keys = new Keys(cbor);
        this.items = items;
    }

    void get(List<@Nullable Object> arguments, CborOutput out) {
        String table = Arguments.name(arguments.get(0));
        TableKey key = operations.keyOf(table);
        Options options = Options.read(arguments.get(2));
        Projection projection = Projection.read(cbor, options.projection());
        GetItemResponse response = operations.getItem(GetItemRequest.builder()
                .tableName(table)
                .key(keys.read(key, arguments.get(1)))
                .consistentRead(options.consistentRead())
                .returnConsumedCapacity(options.capacity())
                .build());
        new Answer(out)
                .put(response.hasItem(), Answer.ITEM, each -> {
                    if (projection == null) {
                        items.write(each, key, response.item());
                    } else {
                        projection.write(each, response.item());
                    }
                })
                .consumption(response.consumedCapacity(), null)
                .end();
    }

    void put(List<@Nullable Object> arguments, CborOutput out) {
        String table = Arguments.name(arguments.get(0));
        TableKey key = operations.keyOf(table);
        Options options = Options.read(arguments.get(3));
        var expressions = new Expressions(cbor);
        PutItemResponse response = operations.putItem(PutItemRequest.builder()
                .tableName(table)
                .item(items.read(keys.read(key, arguments.get(1)), arguments.get(2)))
                .conditionExpression(expressions.condition(options.condition()))
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValues(options.returnValues())
                .returnConsumedCapacity(options.capacity())
                .returnItemCollectionMetrics(options.metrics())
                .build());
        new Answer(out)
                .put(response.hasAttributes(), Answer.ATTRIBUTES, each -> items.write(each, key, response.attributes()))
                .consumption(response.consumedCapacity(), response.itemCollectionMetrics())
                .end();
    }

    void update(List<@Nullable Object> arguments, CborOutput out) {
        String table = Arguments.name(arguments.get(0));
        TableKey key = operations.keyOf(table);
        Options options = Options.read(arguments.get(2));
        var expressions = new Expressions(cbor);
        UpdateItemResponse response = operations.updateItem(UpdateItemRequest.builder()
                .tableName(table)
                .key(keys.read(key, arguments.get(1)))
                .updateExpression(expressions.update(options.update()))
                .conditionExpression(expressions.condition(options.condition()))
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValues(options.returnValues())
                .returnConsumedCapacity(options.capacity())
                .returnItemCollectionMetrics(options.metrics())
                .build());
        new Answer(out)
                .put(
                        response.hasAttributes(),
                        Answer.ATTRIBUTES,
                        each -> writeUpdated(each, key, options.returnValues(), response.attributes()))
                .consumption(response.consumedCapacity(), response.itemCollectionMetrics())
                .end();
    }

    void delete(List<@Nullable Object> arguments, CborOutput out) {
        String table = Arguments.name(arguments.get(0));
        TableKey key = operations.keyOf(table);
        Options options = Options.read(arguments.get(2));
        var expressions = new Expressions(cbor);
        DeleteItemResponse response = operations.deleteItem(DeleteItemRequest.builder()
                .tableName(table)
                .key(keys.read(key, arguments.get(1)))
                .conditionExpression(expressions.condition(options.condition()))
                .expressionAttributeNames(expressions.names())
                .expressionAttributeValues(expressions.values())
                .returnValues(options.returnValues())
                .returnConsumedCapacity(options.capacity())
                .returnItemCollectionMetrics(options.metrics())
                .build());
        new Answer(out)
                .put(response.hasAttributes(), Answer.ATTRIBUTES, each -> items.write(each, key, response.attributes()))
                .consumption(response.consumedCapacity(), response.itemCollectionMetrics())
                .end();
    }

    private void writeUpdated(
            CborOutput out, TableKey key, @Nullable ReturnValue asked, Map<String, AttributeValue> attributes) {
        if (asked == ReturnValue.UPDATED_OLD || asked == ReturnValue.UPDATED_NEW) {
            items.writeUpdated(out, attributes);
        } else {
            items.write(out, key, attributes);
        }
    }
}
