package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.extensions.annotations.DynamoDbVersionAttribute;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbBean;
import software.amazon.awssdk.enhanced.dynamodb.mapper.annotations.DynamoDbPartitionKey;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnItemCollectionMetrics;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The real Java clients of DAX 2.0.10, synchronous, asynchronous and enhanced, through all ten operations. */
@Timeout(120)
class LocalDaxClientsIT {

    private static DaxFixture fixture;
    private static DynamoDbClient client;
    private static String plain;
    private static String ranged;

    @BeforeAll
    static void start() throws IOException {
        fixture = DaxFixture.withoutCaches();
        client = fixture.client();
        plain = fixture.table("plain", "id:S", null);
        ranged = fixture.tableWithIndex("ranged", "id:S", "at:N");
    }

    @AfterAll
    static void stop() {
        client.close();
        fixture.close();
    }

    @Test
    void carriesValuesOfAllTypes() {
        Map<String, AttributeValue> item = new HashMap<>(Map.of(
                "id", s("types"),
                "text", s("ünïcode \uD83D\uDE80"),
                "empty", s(""),
                "integer", n("42"),
                "fraction", n("-0.00123"),
                "large", n("12345678901234567890123456789012345678"),
                "binary", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {0, -1, 127})),
                "yes", AttributeValue.fromBool(true),
                "nothing", AttributeValue.fromNul(true)));
        item.put("list", AttributeValue.fromL(List.of(s("a"), n("1"), AttributeValue.fromL(List.of()))));
        item.put("map", AttributeValue.fromM(Map.of("inner", AttributeValue.fromM(Map.of("x", n("7"))))));
        item.put("strings", AttributeValue.fromSs(List.of("a", "b")));
        item.put("numbers", AttributeValue.fromNs(List.of("1.5", "2")));
        item.put(
                "binaries", AttributeValue.fromBs(List.of(SdkBytes.fromUtf8String("x"), SdkBytes.fromUtf8String("y"))));
        client.putItem(put -> put.tableName(plain).item(item));

        assertThat(read(client, plain, Map.of("id", s("types"))))
                .isEqualTo(read(fixture.dynamo, plain, Map.of("id", s("types"))))
                .hasSize(14);
    }

    @Test
    void readsNothingForAKeyThatIsNotThere() {
        var response = client.getItem(get -> get.tableName(plain).key(Map.of("id", s("nobody"))));
        assertThat(response.hasItem()).isFalse();
    }

    @Test
    void appliesProjectionsWithNestedPathsAndPlacesInLists() {
        AttributeValue list =
                AttributeValue.fromL(List.of(s("zero"), AttributeValue.fromM(Map.of("x", n("1"), "y", n("2")))));
        put(
                plain,
                Map.of(
                        "id",
                        s("projected"),
                        "list",
                        list,
                        "map",
                        AttributeValue.fromM(Map.of("a.b", s("dot"), "c", s("c")))));
        GetItemRequest request = GetItemRequest.builder()
                .tableName(plain)
                .key(Map.of("id", s("projected")))
                .projectionExpression("#l[1].y, #m.#ab, nowhere")
                .expressionAttributeNames(Map.of("#l", "list", "#m", "map", "#ab", "a.b"))
                .build();
        assertThat(client.getItem(request).item())
                .isEqualTo(fixture.dynamo.getItem(request).item())
                .isNotEmpty();
    }

    @Test
    void returnsOldItemsAndUpdatedAttributes() {
        put(plain, Map.of("id", s("returned"), "count", n("1"), "other", s("o")));
        var old = client.putItem(put -> put.tableName(plain)
                .item(Map.of("id", s("returned"), "count", n("2"), "tags", AttributeValue.fromSs(List.of("a", "b"))))
                .returnValues(ReturnValue.ALL_OLD));
        assertThat(old.attributes()).containsEntry("other", s("o")).containsEntry("id", s("returned"));

        for (ReturnValue asked : List.of(
                ReturnValue.NONE,
                ReturnValue.ALL_OLD,
                ReturnValue.ALL_NEW,
                ReturnValue.UPDATED_OLD,
                ReturnValue.UPDATED_NEW)) {
            var updated = client.updateItem(update -> update.tableName(plain)
                    .key(Map.of("id", s("returned")))
                    .updateExpression(
                            "SET #c = #c + :one, fresh = if_not_exists(fresh, :list) REMOVE gone ADD score :one DELETE"
                                    + " tags :tags")
                    .conditionExpression("attribute_exists(id) AND (#c > :zero OR NOT contains(tags, :text))")
                    .expressionAttributeNames(Map.of("#c", "count"))
                    .expressionAttributeValues(Map.of(
                            ":one", n("1"),
                            ":zero", n("0"),
                            ":text", s("z"),
                            ":list", AttributeValue.fromL(List.of()),
                            ":tags", AttributeValue.fromSs(List.of("a"))))
                    .returnValues(asked));
            switch (asked) {
                case NONE -> assertThat(updated.hasAttributes()).isFalse();
                case ALL_OLD ->
                    assertThat(updated.attributes())
                            .containsEntry("count", n("3"))
                            .containsEntry("id", s("returned"));
                case ALL_NEW ->
                    assertThat(updated.attributes())
                            .containsEntry("count", n("5"))
                            .containsEntry("id", s("returned"));
                case UPDATED_OLD ->
                    assertThat(updated.attributes())
                            .containsEntry("count", n("5"))
                            .doesNotContainKey("id");
                default ->
                    assertThat(updated.attributes())
                            .containsEntry("count", n("7"))
                            .containsKey("score");
            }
        }
        var deleted = client.deleteItem(delete ->
                delete.tableName(plain).key(Map.of("id", s("returned"))).returnValues(ReturnValue.ALL_OLD));
        assertThat(deleted.attributes()).containsEntry("count", n("7"));
        assertThat(read(fixture.dynamo, plain, Map.of("id", s("returned")))).isEmpty();
    }

    @Test
    void tellsWhichConditionFailed() {
        put(plain, Map.of("id", s("guarded"), "version", n("1")));
        var failed = catchThrowableOfType(
                ConditionalCheckFailedException.class,
                () -> client.putItem(put -> put.tableName(plain)
                        .item(Map.of("id", s("guarded")))
                        .conditionExpression("version BETWEEN :a AND :b AND version IN (:b, :c)")
                        .expressionAttributeValues(Map.of(":a", n("2"), ":b", n("3"), ":c", n("4")))));
        assertThat(failed.getMessage()).contains("The conditional request failed");
        assertThat(failed.awsErrorDetails().errorCode()).isEqualTo("ConditionalCheckFailedException");
        assertThat(failed.statusCode()).isEqualTo(400);
    }

    @Test
    void answersErrorsOfDynamo() {
        assertThat(catchThrowableOfType(
                        ResourceNotFoundException.class, () -> read(client, "localdax-no-table", Map.of("id", s("a")))))
                .isNotNull();
        var invalid = catchThrowableOfType(
                DynamoDbException.class,
                () -> client.updateItem(update -> update.tableName(plain)
                        .key(Map.of("id", s("a")))
                        .updateExpression("SET id = :a")
                        .expressionAttributeValues(Map.of(":a", s("b")))));
        assertThat(invalid.awsErrorDetails().errorCode()).isEqualTo("ValidationException");
        assertThat(invalid.getMessage()).contains("Cannot update attribute id");
    }

    @Test
    void pagesThroughQueriesForwardAndBackward() {
        for (int i = 0; i < 7; i++) {
            put(ranged, Map.of("id", s("pages"), "at", n(Integer.toString(i - 3)), "value", s("v" + i)));
        }
        for (boolean forward : List.of(true, false)) {
            List<Map<String, AttributeValue>> all = new ArrayList<>();
            Map<String, AttributeValue> start = null;
            do {
                Map<String, AttributeValue> from = start;
                QueryResponse page = client.query(query -> query.tableName(ranged)
                        .keyConditionExpression("id = :id AND #at BETWEEN :low AND :high")
                        .filterExpression("begins_with(#v, :v) AND NOT #v = :x AND attribute_type(#v, :s)")
                        .expressionAttributeNames(Map.of("#at", "at", "#v", "value"))
                        .expressionAttributeValues(Map.of(
                                ":id", s("pages"),
                                ":low", n("-3"),
                                ":high", n("2.5"),
                                ":v", s("v"),
                                ":x", s("v2"),
                                ":s", s("S")))
                        .limit(2)
                        .scanIndexForward(forward)
                        .exclusiveStartKey(from));
                assertThat(page.scannedCount()).isLessThanOrEqualTo(2);
                all.addAll(page.items());
                start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
            } while (start != null);
            List<AttributeValue> expected = List.of(s("v0"), s("v1"), s("v3"), s("v4"), s("v5"));
            assertThat(all).extracting("value").isEqualTo(forward ? expected : expected.reversed());
        }
    }

    @Test
    void pagesThroughAnIndex() {
        for (int i = 0; i < 5; i++) {
            put(
                    ranged,
                    Map.of("id", s("i" + i), "at", n("1"), "kind", s("indexed"), "rank", n(Integer.toString(i % 2))));
        }
        List<Map<String, AttributeValue>> all = new ArrayList<>();
        Map<String, AttributeValue> start = null;
        do {
            Map<String, AttributeValue> from = start;
            QueryResponse page = client.query(query -> query.tableName(ranged)
                    .indexName("by-kind")
                    .keyConditionExpression("kind = :k")
                    .expressionAttributeValues(Map.of(":k", s("indexed")))
                    .limit(2)
                    .exclusiveStartKey(from));
            all.addAll(page.items());
            start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
            assertThat(start == null || start.size() == 4).isTrue();
        } while (start != null);
        assertThat(all).hasSize(5).allMatch(each -> each.size() == 4);
        QueryResponse projected = client.query(query -> query.tableName(ranged)
                .indexName("by-kind")
                .keyConditionExpression("kind = :k AND #r < :r")
                .projectionExpression("id, #r")
                .expressionAttributeNames(Map.of("#r", "rank"))
                .expressionAttributeValues(Map.of(":k", s("indexed"), ":r", n("1"))));
        assertThat(projected.items()).hasSize(3).allMatch(each -> each.size() == 2);
        QueryResponse counted = client.query(query -> query.tableName(ranged)
                .indexName("by-kind")
                .keyConditionExpression("kind = :k")
                .select(Select.COUNT)
                .expressionAttributeValues(Map.of(":k", s("indexed"))));
        assertThat(counted.count()).isEqualTo(5);
        assertThat(counted.items()).isEmpty();
    }

    @Test
    void scansInSegmentsWithAFilter() {
        String table = fixture.table("scanned", "id:N", "at:B");
        for (int i = 0; i < 20; i++) {
            put(
                    table,
                    Map.of(
                            "id",
                            n(i + ".50"),
                            "at",
                            AttributeValue.fromB(SdkBytes.fromUtf8String("b" + i)),
                            "i",
                            n("" + i)));
        }
        int found = 0;
        for (int segment = 0; segment < 3; segment++) {
            Map<String, AttributeValue> start = null;
            do {
                int current = segment;
                Map<String, AttributeValue> from = start;
                ScanResponse page = client.scan(scan -> scan.tableName(table)
                        .segment(current)
                        .totalSegments(3)
                        .limit(4)
                        .filterExpression("i >= :i")
                        .expressionAttributeValues(Map.of(":i", n("5")))
                        .exclusiveStartKey(from));
                found += page.count();
                start = page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : null;
            } while (start != null);
        }
        assertThat(found).isEqualTo(15);
    }

    @Test
    void readsAndWritesInBatches() {
        client.batchWriteItem(batch -> batch.requestItems(Map.of(
                plain,
                List.of(putOf(Map.of("id", s("b1"), "v", n("1"))), putOf(Map.of("id", s("b2")))),
                ranged,
                List.of(putOf(Map.of("id", s("b1"), "at", n("-1.5"), "v", s("x")))))));
        BatchGetItemResponse found = client.batchGetItem(batch -> batch.requestItems(Map.of(
                plain,
                KeysAndAttributes.builder()
                        .keys(List.of(Map.of("id", s("b1")), Map.of("id", s("b2")), Map.of("id", s("b3"))))
                        .consistentRead(true)
                        .build(),
                ranged,
                KeysAndAttributes.builder()
                        .keys(List.of(Map.of("id", s("b1"), "at", n("-1.5"))))
                        .projectionExpression("v")
                        .build())));
        assertThat(found.responses().get(plain))
                .containsExactlyInAnyOrder(Map.of("id", s("b1"), "v", n("1")), Map.of("id", s("b2")));
        assertThat(found.responses().get(ranged)).containsExactly(Map.of("v", s("x")));
        assertThat(found.unprocessedKeys()).isEmpty();

        client.batchWriteItem(batch -> batch.requestItems(Map.of(
                plain,
                List.of(WriteRequest.builder()
                        .deleteRequest(delete -> delete.key(Map.of("id", s("b1"))))
                        .build()))));
        assertThat(read(fixture.dynamo, plain, Map.of("id", s("b1")))).isEmpty();
    }

    @Test
    void readsAndWritesInTransactions() {
        put(plain, Map.of("id", s("t1"), "v", n("1")));
        put(plain, Map.of("id", s("t2"), "v", n("1")));
        client.transactWriteItems(transaction -> transaction.transactItems(
                TransactWriteItem.builder()
                        .update(update -> update.tableName(plain)
                                .key(Map.of("id", s("t1")))
                                .updateExpression("SET v = v + :one")
                                .expressionAttributeValues(Map.of(":one", n("1"))))
                        .build(),
                TransactWriteItem.builder()
                        .put(put -> put.tableName(ranged).item(Map.of("id", s("t"), "at", n("0"), "v", s("new"))))
                        .build(),
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(plain).key(Map.of("id", s("t3"))))
                        .build(),
                TransactWriteItem.builder()
                        .conditionCheck(check -> check.tableName(plain)
                                .key(Map.of("id", s("t2")))
                                .conditionExpression("attribute_exists(v)"))
                        .build()));
        var read = client.transactGetItems(transaction -> transaction.transactItems(
                TransactGetItem.builder()
                        .get(get -> get.tableName(plain).key(Map.of("id", s("t1"))))
                        .build(),
                TransactGetItem.builder()
                        .get(get -> get.tableName(ranged)
                                .key(Map.of("id", s("t"), "at", n("0")))
                                .projectionExpression("v"))
                        .build(),
                TransactGetItem.builder()
                        .get(get -> get.tableName(plain).key(Map.of("id", s("nobody"))))
                        .build()));
        assertThat(read.responses().get(0).item()).isEqualTo(Map.of("id", s("t1"), "v", n("2")));
        assertThat(read.responses().get(1).item()).isEqualTo(Map.of("v", s("new")));
        assertThat(read.responses().get(2).hasItem()).isFalse();
    }

    @Test
    void tellsWhyATransactionWasCancelled() {
        put(plain, Map.of("id", s("c1"), "v", n("1")));
        var cancelled = catchThrowableOfType(
                TransactionCanceledException.class,
                () -> client.transactWriteItems(transaction -> transaction.transactItems(
                        TransactWriteItem.builder()
                                .put(put -> put.tableName(plain).item(Map.of("id", s("c2"))))
                                .build(),
                        TransactWriteItem.builder()
                                .delete(delete -> delete.tableName(plain)
                                        .key(Map.of("id", s("c1")))
                                        .conditionExpression("v = :v")
                                        .expressionAttributeValues(Map.of(":v", n("9")))
                                        .returnValuesOnConditionCheckFailure(
                                                ReturnValuesOnConditionCheckFailure.ALL_OLD))
                                .build())));
        List<CancellationReason> reasons = cancelled.cancellationReasons();
        assertThat(reasons).extracting(CancellationReason::code).containsExactly("None", "ConditionalCheckFailed");
        assertThat(reasons.get(1).item()).isEqualTo(Map.of("id", s("c1"), "v", n("1")));
        assertThat(read(fixture.dynamo, plain, Map.of("id", s("c2")))).isEmpty();
    }

    @Test
    void reportsConsumedCapacity() {
        Map<String, AttributeValue> item = Map.of("id", s("cost"), "at", n("1"), "kind", s("k"), "rank", n("1"));
        var written = client.putItem(put -> put.tableName(ranged)
                .item(item)
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES)
                .returnItemCollectionMetrics(ReturnItemCollectionMetrics.SIZE));
        assertThat(written.consumedCapacity().tableName()).isEqualTo(ranged);
        assertThat(written.consumedCapacity().capacityUnits()).isPositive();
        assertThat(written.consumedCapacity().globalSecondaryIndexes()).containsKey("by-kind");
        var batch = client.batchWriteItem(write -> write.requestItems(Map.of(ranged, List.of(putOf(item))))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        assertThat(batch.consumedCapacity())
                .singleElement()
                .satisfies(each -> assertThat(each.capacityUnits()).isPositive());
        var transaction = client.transactWriteItems(write -> write.transactItems(TransactWriteItem.builder()
                        .put(put -> put.tableName(ranged).item(item))
                        .build())
                .returnConsumedCapacity(ReturnConsumedCapacity.INDEXES));
        assertThat(transaction.consumedCapacity())
                .singleElement()
                .satisfies(each -> assertThat(each.capacityUnits()).isPositive());
        var read = client.query(query -> query.tableName(ranged)
                .keyConditionExpression("id = :id")
                .expressionAttributeValues(Map.of(":id", s("cost")))
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
        assertThat(read.consumedCapacity().capacityUnits()).isPositive();
    }

    /** What the enhanced client maps: a bean of its kind. */
    @DynamoDbBean
    public static final class Vehicle {

        private String id = "";
        private @Nullable Integer wheels;
        private List<String> tags = List.of();
        private @Nullable Long version;

        @DynamoDbPartitionKey
        public String getId() {
            return id;
        }

        public void setId(String id) {
            this.id = id;
        }

        public @Nullable Integer getWheels() {
            return wheels;
        }

        public void setWheels(@Nullable Integer wheels) {
            this.wheels = wheels;
        }

        public List<String> getTags() {
            return tags;
        }

        public void setTags(List<String> tags) {
            this.tags = tags;
        }

        @DynamoDbVersionAttribute
        public @Nullable Long getVersion() {
            return version;
        }

        public void setVersion(@Nullable Long version) {
            this.version = version;
        }
    }

    @Test
    void servesTheEnhancedClient() {
        String table = fixture.table("vehicles", "id:S", null);
        DynamoDbTable<Vehicle> vehicles = DynamoDbEnhancedClient.builder()
                .dynamoDbClient(client)
                .build()
                .table(table, TableSchema.fromBean(Vehicle.class));
        var truck = new Vehicle();
        truck.setId("truck");
        truck.setWheels(6);
        truck.setTags(List.of("heavy", "slow"));
        vehicles.putItem(truck);
        Vehicle read = vehicles.getItem(Key.builder().partitionValue("truck").build());
        assertThat(read).usingRecursiveComparison().ignoringFields("version").isEqualTo(truck);
        read.setWheels(8);
        assertThat(vehicles.updateItem(read).getWheels()).isEqualTo(8);
        // by now the version is another one
        assertThatThrownBy(() -> vehicles.updateItem(read)).isInstanceOf(ConditionalCheckFailedException.class);
        assertThat(vehicles.scan().items()).hasSize(1);
        vehicles.deleteItem(read);
        assertThat(vehicles.getItem(read)).isNull();
    }

    @Test
    void servesTheAsynchronousClientWithManyCallsAtOnce() throws IOException {
        try (DynamoDbAsyncClient async = fixture.asyncClient()) {
            // with a cold client the pool could wait for itself: the first call learns what all others need
            async.putItem(put -> put.tableName(plain).item(Map.of("id", s("many"), "v", n("0"))))
                    .join();
            var puts = IntStream.range(0, 300)
                    .mapToObj(i -> async.putItem(
                            put -> put.tableName(plain).item(Map.of("id", s("many" + i), "v", n("" + i)))))
                    .toList();
            puts.forEach(CompletableFuture::join);
            var gets = IntStream.range(0, 300)
                    .mapToObj(i -> async.getItem(get -> get.tableName(plain).key(Map.of("id", s("many" + i)))))
                    .toList();
            for (int i = 0; i < gets.size(); i++) {
                assertThat(gets.get(i).join().item()).containsEntry("v", n("" + i));
            }
        }
    }

    @Test
    void goesOnWithAClientThatOutlivesTheEndpoint() throws IOException {
        Map<String, AttributeValue> item = Map.of("id", s("outlives"), "an attribute of its own", n("1"));
        LocalDax first = fixture.another(0);
        try (DynamoDbClient outliving = DaxFixture.client(first.url())) {
            outliving.putItem(put -> put.tableName(plain).item(item));
            first.close();
            try (LocalDax _ = fixture.another(first.node(0).port())) {
                // the client knows the list of attributes, and does not register it again
                await().ignoreExceptions()
                        .untilAsserted(() ->
                                outliving.putItem(put -> put.tableName(plain).item(item)));
                assertThat(read(outliving, plain, Map.of("id", s("outlives")))).isEqualTo(item);
            }
        } finally {
            first.close();
        }
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        client.putItem(put -> put.tableName(table).item(item));
    }

    private static Map<String, AttributeValue> read(
            DynamoDbClient from, String table, Map<String, AttributeValue> key) {
        return from.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                .item();
    }

    private static WriteRequest putOf(Map<String, AttributeValue> item) {
        return WriteRequest.builder().putRequest(put -> put.item(item)).build();
    }

    private static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    private static AttributeValue n(String number) {
        return AttributeValue.fromN(number);
    }
}
