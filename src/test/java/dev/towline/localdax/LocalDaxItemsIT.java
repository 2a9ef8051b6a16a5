package dev.towline.localdax;

import static dev.towline.localdax.CacheFixture.item;
import static dev.towline.localdax.CacheFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What the item cache does, seen by the real client. Each test has keys of its own. */
class LocalDaxItemsIT {

    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(5);

    @AutoClose
    private static final CacheFixture tables = new CacheFixture("localdax-items");

    @AutoClose
    private static final LocalDax dax = tables.dax().start();

    @AutoClose
    private static final DynamoDbClient client = CacheFixture.connect(dax.url());

    private static final DynamoDbClient dynamo = tables.dynamo();

    @Test
    void answersAReadFromTheCacheUntilItsTimeIsOver() {
        tables.put(dynamo, "read", 1, "old");
        assertThat(tables.read(client, "read", 1)).isEqualTo("old");
        tables.put(dynamo, "read", 1, "written around");

        assertThat(tables.read(client, "read", 1)).isEqualTo("old");
        dax.clock().advance(TIME_TO_LIVE.minusNanos(1));
        assertThat(tables.read(client, "read", 1)).isEqualTo("old");
        dax.clock().advance(Duration.ofNanos(1));
        assertThat(tables.read(client, "read", 1)).isEqualTo("written around");
    }

    @Test
    void answersFromTheCacheWithoutAskingDynamo() {
        tables.put(dynamo, "count", 1, "text");
        tables.read(client, "count", 1);
        Counters before = dax.counters();

        tables.read(client, "count", 1);

        Counters after = dax.counters();
        assertThat(after.dynamoRequests()).isEqualTo(before.dynamoRequests());
        assertThat(after.get(Metric.ITEM_CACHE_HITS)).isEqualTo(before.get(Metric.ITEM_CACHE_HITS) + 1);
        assertThat(after.get(Metric.ITEM_CACHE_MISSES)).isEqualTo(before.get(Metric.ITEM_CACHE_MISSES));
        assertThat(after.requests(Operation.GET_ITEM)).isEqualTo(before.requests(Operation.GET_ITEM) + 1);
    }

    @Test
    void remembersThatAnItemDoesNotExistUntilTheTimeIsOver() {
        assertThat(tables.read(client, "missing", 1)).isEqualTo("none");
        tables.put(dynamo, "missing", 1, "written around");
        long before = dax.counters().get(Metric.ITEM_CACHE_NEGATIVE_HITS);

        assertThat(tables.read(client, "missing", 1)).isEqualTo("none");
        assertThat(dax.counters().get(Metric.ITEM_CACHE_NEGATIVE_HITS)).isEqualTo(before + 1);
        dax.clock().advance(TIME_TO_LIVE);
        assertThat(tables.read(client, "missing", 1)).isEqualTo("written around");
    }

    @Test
    void passesAConsistentReadThroughAndDoesNotCacheIt() {
        tables.put(dynamo, "consistent", 1, "old");
        tables.read(client, "consistent", 1);
        tables.put(dynamo, "consistent", 1, "new");

        assertThat(tables.readConsistently(client, "consistent", 1)).isEqualTo("new");
        assertThat(tables.read(client, "consistent", 1)).isEqualTo("old");
    }

    @Test
    void doesNotFillTheCacheWithAConsistentRead() {
        tables.put(dynamo, "unfilled", 1, "old");
        tables.readConsistently(client, "unfilled", 1);
        tables.put(dynamo, "unfilled", 1, "new");

        assertThat(tables.read(client, "unfilled", 1)).isEqualTo("new");
    }

    @Test
    void answersAnyProjectionFromTheWholeItem() {
        tables.put(dynamo, "projection", 1, "text");
        client.getItem(request ->
                request.tableName(tables.table()).key(key("projection", 1)).projectionExpression("absent"));
        long before = dax.counters().dynamoRequests(Operation.GET_ITEM);

        assertThat(tables.read(client, "projection", 1)).isEqualTo("text");
        assertThat(dax.counters().dynamoRequests(Operation.GET_ITEM)).isEqualTo(before);
    }

    @Test
    void takesAllFormsOfANumberForOneKey() {
        tables.put(client, "forms", 10, "text");
        Map<String, AttributeValue> exponent =
                Map.of("group", AttributeValue.fromS("forms"), "number", AttributeValue.fromN("1.0e1"));
        long before = dax.counters().dynamoRequests(Operation.GET_ITEM);

        assertThat(client.getItem(request -> request.tableName(tables.table()).key(exponent))
                        .item())
                .containsEntry("text", AttributeValue.fromS("text"));
        assertThat(dax.counters().dynamoRequests(Operation.GET_ITEM)).isEqualTo(before);
    }

    @Test
    void asksDynamoOnlyForWhatABatchMisses() {
        tables.put(dynamo, "batch", 1, "old 1");
        tables.put(dynamo, "batch", 2, "old 2");
        tables.read(client, "batch", 1);
        tables.read(client, "batch", 3);
        tables.put(dynamo, "batch", 1, "new 1");
        tables.put(dynamo, "batch", 2, "new 2");
        tables.put(dynamo, "batch", 3, "new 3");
        Counters before = dax.counters();

        assertThat(batch(false, 1, 2, 3, 4)).containsExactlyInAnyOrder("old 1", "new 2");

        Counters after = dax.counters();
        assertThat(after.get(Metric.ITEM_CACHE_HITS)).isEqualTo(before.get(Metric.ITEM_CACHE_HITS) + 2);
        assertThat(after.get(Metric.ITEM_CACHE_MISSES)).isEqualTo(before.get(Metric.ITEM_CACHE_MISSES) + 2);
        assertThat(after.dynamoRequests(Operation.BATCH_GET_ITEM))
                .isEqualTo(before.dynamoRequests(Operation.BATCH_GET_ITEM) + 1);

        assertThat(batch(false, 1, 2, 3, 4)).containsExactlyInAnyOrder("old 1", "new 2");
        assertThat(dax.counters().dynamoRequests()).isEqualTo(after.dynamoRequests());
    }

    @Test
    void passesAConsistentBatchThrough() {
        tables.put(dynamo, "batch", 11, "old");
        tables.read(client, "batch", 11);
        tables.put(dynamo, "batch", 11, "new");

        assertThat(batch(true, 11)).containsExactly("new");
        assertThat(tables.read(client, "batch", 11)).isEqualTo("old");
    }

    @Test
    void letsDynamoRefuseABatchThatAsksForAKeyTwice() {
        batch(false, 21);

        assertThatThrownBy(() -> batch(false, 21, 21))
                .isInstanceOf(SdkServiceException.class)
                .hasMessageContaining("duplicates");
    }

    @Test
    void showsWhatWasPutAtOnce() {
        tables.read(client, "put", 1);

        tables.put(client, "put", 1, "new");

        assertThat(dynamo(1, "put")).isEqualTo("new");
        tables.put(dynamo, "put", 1, "written around");
        assertThat(tables.read(client, "put", 1)).isEqualTo("new");
    }

    @Test
    void beginsTheTimeAnewWithAWrite() {
        tables.put(client, "anew", 1, "old");
        dax.clock().advance(TIME_TO_LIVE.minusSeconds(1));
        tables.put(client, "anew", 1, "new");
        tables.put(dynamo, "anew", 1, "written around");

        dax.clock().advance(TIME_TO_LIVE.minusSeconds(1));

        assertThat(tables.read(client, "anew", 1)).isEqualTo("new");
    }

    @Test
    void showsPutNumbersAsAConsistentReadDoes() {
        Map<String, AttributeValue> item = Map.of(
                "group", AttributeValue.fromS("numbers"),
                "number", AttributeValue.fromN("1.0"),
                "large", AttributeValue.fromN("1.50E+30"),
                "small", AttributeValue.fromN("1E-10"),
                "list", AttributeValue.fromL(List.of(AttributeValue.fromN("2.50"))));

        client.putItem(request -> request.tableName(tables.table()).item(item));

        // the client itself writes small numbers with an exponent
        var cached = client.getItem(request -> request.tableName(tables.table()).key(key("numbers", 1)));
        var read = client.getItem(request ->
                request.tableName(tables.table()).key(key("numbers", 1)).consistentRead(true));
        assertThat(cached.item()).isEqualTo(read.item());
    }

    @Test
    void showsThatAnItemWasDeletedAtOnce() {
        tables.put(client, "delete", 1, "text");

        tables.delete(client, "delete", 1);

        tables.put(dynamo, "delete", 1, "written around");
        assertThat(tables.read(client, "delete", 1)).isEqualTo("none");
    }

    @ParameterizedTest
    @EnumSource(names = "UNKNOWN_TO_SDK_VERSION", mode = EnumSource.Mode.EXCLUDE)
    void showsAnUpdatedItemAtOnceWhateverTheUpdateReturns(ReturnValue returnValue) {
        String group = "update " + returnValue;
        tables.put(dynamo, group, 1, "old");
        tables.put(dynamo, group, 2, "old");
        tables.read(client, group, 1);

        UpdateItemResponse throughDax = client.updateItem(update(group, 1, "new", returnValue));
        UpdateItemResponse direct = dynamo.updateItem(update(group, 2, "new", returnValue));

        tables.put(dynamo, group, 1, "written around");
        assertThat(tables.read(client, group, 1)).isEqualTo("new");
        assertThat(without("number", throughDax.attributes())).isEqualTo(without("number", direct.attributes()));
    }

    @Test
    void showsWhatABatchWroteAtOnce() {
        tables.put(client, "writes", 1, "old");
        tables.put(client, "writes", 2, "old");

        client.batchWriteItem(request -> request.requestItems(Map.of(
                tables.table(),
                List.of(
                        WriteRequest.builder()
                                .putRequest(put -> put.item(item("writes", 1, "new")))
                                .build(),
                        WriteRequest.builder()
                                .deleteRequest(delete -> delete.key(key("writes", 2)))
                                .build()))));

        tables.put(dynamo, "writes", 1, "written around");
        tables.put(dynamo, "writes", 2, "written around");
        assertThat(tables.read(client, "writes", 1)).isEqualTo("new");
        assertThat(tables.read(client, "writes", 2)).isEqualTo("none");
    }

    @Test
    void changesNothingByAWriteThatFails() {
        tables.put(dynamo, "failed", 1, "old");
        tables.read(client, "failed", 1);
        tables.put(dynamo, "failed", 1, "written around");

        assertThatThrownBy(() -> client.putItem(request -> request.tableName(tables.table())
                        .item(item("failed", 1, "new"))
                        .conditionExpression("attribute_not_exists(#group)")
                        .expressionAttributeNames(Map.of("#group", "group"))))
                .isInstanceOf(ConditionalCheckFailedException.class);

        assertThat(tables.read(client, "failed", 1)).isEqualTo("old");
        assertThat(dynamo(1, "failed")).isEqualTo("written around");
    }

    @Test
    void passesATransactionalReadThroughAndDoesNotCacheIt() {
        tables.put(dynamo, "transact", 1, "old");
        tables.read(client, "transact", 1);
        tables.put(dynamo, "transact", 1, "new");
        tables.put(dynamo, "transact", 2, "old");

        assertThat(transactGet("transact", 1, 2)).containsExactly("new", "old");

        tables.put(dynamo, "transact", 2, "new");
        assertThat(tables.read(client, "transact", 1)).isEqualTo("old");
        assertThat(tables.read(client, "transact", 2)).isEqualTo("new");
    }

    @Test
    void readsWhatATransactionWroteAgainInTheBackground() {
        tables.put(client, "written", 1, "old");
        tables.put(client, "written", 2, "old");
        tables.put(client, "written", 3, "old");
        long before = dax.counters().dynamoRequests(Operation.TRANSACT_GET_ITEMS);

        transactWrite(
                action(action -> action.put(put -> put.tableName(tables.table()).item(item("written", 1, "new")))),
                action(action ->
                        action.delete(delete -> delete.tableName(tables.table()).key(key("written", 2)))),
                action(action -> action.update(update -> update.tableName(tables.table())
                        .key(key("written", 3))
                        .updateExpression("SET #text = :text")
                        .expressionAttributeNames(Map.of("#text", "text"))
                        .expressionAttributeValues(Map.of(":text", AttributeValue.fromS("new"))))));

        await().until(() -> tables.read(client, "written", 3).equals("new"));
        assertThat(tables.read(client, "written", 1)).isEqualTo("new");
        assertThat(tables.read(client, "written", 2)).isEqualTo("none");
        assertThat(dax.counters().dynamoRequests(Operation.TRANSACT_GET_ITEMS)).isEqualTo(before + 1);
    }

    @Test
    void changesNothingByATransactionThatIsCancelled() {
        tables.put(client, "cancelled", 1, "old");
        long before = dax.counters().dynamoRequests(Operation.TRANSACT_GET_ITEMS);

        TransactWriteItem refused = action(action -> action.put(put -> put.tableName(tables.table())
                .item(item("cancelled", 1, "new"))
                .conditionExpression("attribute_not_exists(#group)")
                .expressionAttributeNames(Map.of("#group", "group"))));
        assertThatThrownBy(() -> transactWrite(refused)).isInstanceOf(TransactionCanceledException.class);

        assertThat(tables.read(client, "cancelled", 1)).isEqualTo("old");
        assertThat(dax.counters().dynamoRequests(Operation.TRANSACT_GET_ITEMS)).isEqualTo(before);
    }

    @Test
    void forgetsAllWhenItIsFlushed() {
        tables.put(client, "flush", 1, "old");
        tables.put(dynamo, "flush", 1, "written around");

        dax.flush();

        assertThat(tables.read(client, "flush", 1)).isEqualTo("written around");
    }

    @Test
    void consumesNoCapacityForAHit() {
        tables.put(dynamo, "capacity", 1, "text");

        assertThat(consumed("capacity").capacityUnits()).isEqualTo(0.5);
        assertThat(consumed("capacity")).isNull();
    }

    @Test
    void evictsWhatWasNotUsedForTheLongestTime() {
        try (LocalDax small = tables.dax().itemCacheBytes(10_000).start();
                DynamoDbClient smallClient = CacheFixture.connect(small.url())) {
            String text = "x".repeat(4_000);
            tables.put(smallClient, "size", 1, text);
            tables.put(smallClient, "size", 2, text);
            tables.read(smallClient, "size", 1);
            tables.put(smallClient, "size", 3, text);

            assertThat(small.counters().get(Metric.EVICTED_ENTRIES)).isOne();
            assertThat(small.counters().get(Metric.ESTIMATED_DB_SIZE)).isBetween(8_000L, 10_000L);
            tables.read(smallClient, "size", 1);
            tables.read(smallClient, "size", 3);
            assertThat(small.counters().get(Metric.ITEM_CACHE_MISSES)).isZero();
            tables.read(smallClient, "size", 2);
            assertThat(small.counters().get(Metric.ITEM_CACHE_MISSES)).isOne();
        }
    }

    @Test
    void cachesNoItemIfItIsSwitchedOff() {
        try (LocalDax off = tables.dax().itemCache(false).start();
                DynamoDbClient offClient = CacheFixture.connect(off.url())) {
            tables.put(offClient, "off", 1, "old");
            tables.read(offClient, "off", 1);
            tables.put(dynamo, "off", 1, "new");

            assertThat(tables.read(offClient, "off", 1)).isEqualTo("new");
            assertThat(off.counters().get(Metric.ITEM_CACHE_MISSES)).isZero();
        }
    }

    private static String dynamo(int number, String group) {
        return tables.readConsistently(dynamo, group, number);
    }

    private static List<String> batch(boolean consistently, int... numbers) {
        var keys =
                Arrays.stream(numbers).mapToObj(number -> key("batch", number)).toList();
        BatchGetItemResponse response = client.batchGetItem(BatchGetItemRequest.builder()
                .requestItems(Map.of(
                        tables.table(),
                        KeysAndAttributes.builder()
                                .keys(keys)
                                .consistentRead(consistently)
                                .build()))
                .build());
        return response.responses().getOrDefault(tables.table(), List.of()).stream()
                .map(CacheFixture::text)
                .toList();
    }

    private static List<String> transactGet(String group, Integer... numbers) {
        return client
                .transactGetItems(request -> request.transactItems(Stream.of(numbers)
                        .map(number -> TransactGetItem.builder()
                                .get(get -> get.tableName(tables.table()).key(key(group, number)))
                                .build())
                        .toList()))
                .responses()
                .stream()
                .map(response -> CacheFixture.text(response.item()))
                .toList();
    }

    private static void transactWrite(TransactWriteItem... actions) {
        client.transactWriteItems(request -> request.transactItems(actions));
    }

    private static TransactWriteItem action(Consumer<TransactWriteItem.Builder> content) {
        return TransactWriteItem.builder().applyMutation(content).build();
    }

    private static UpdateItemRequest update(String group, int number, String text, ReturnValue returnValue) {
        return UpdateItemRequest.builder()
                .tableName(tables.table())
                .key(key(group, number))
                .updateExpression("SET #text = :text")
                .expressionAttributeNames(Map.of("#text", "text"))
                .expressionAttributeValues(Map.of(":text", AttributeValue.fromS(text)))
                .returnValues(returnValue)
                .build();
    }

    private static Map<String, AttributeValue> without(String name, Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(name))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static ConsumedCapacity consumed(String group) {
        return client.getItem(request -> request.tableName(tables.table())
                        .key(key(group, 1))
                        .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL))
                .consumedCapacity();
    }
}
