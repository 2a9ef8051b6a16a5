package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** What DynamoDB Local does not do by itself: it processes every batch, fails no read, and answers before anything else happens. */
class CachedOperationsTests {

    private static final String TABLE = "table";

    private final InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    private final Counting counting = new Counting();
    private final OperationOrder order = new OperationOrder();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final Dynamo dynamo = new Dynamo();
    private final ItemCache items = new ItemCache(
            new LruCache<>(1_000_000, Duration.ZERO, clock, counting),
            clock,
            order,
            new Replication(Duration.ZERO, clock),
            counting,
            false);
    private final QueryCache pages = new QueryCache(new LruCache<>(1_000_000, Duration.ZERO, clock, counting));
    private final Operations dax = new PageReads(
            new ItemWrites(new ItemReads(dynamo, items, order), items, order, background::add), pages, counting);

    @Test
    void doesNotKnowWhatABatchReadDidNotProcess() {
        dynamo.items.put("a", "1");
        dynamo.items.put("b", "1");
        dynamo.unprocessed = "b";

        BatchGetItemResponse response = dax.batchGetItem(BatchGetItemRequest.builder()
                .requestItems(Map.of(
                        TABLE,
                        KeysAndAttributes.builder()
                                .keys(List.of(key("a"), key("b")))
                                .build()))
                .build());

        assertThat(ofTable(response.unprocessedKeys()).keys()).containsExactly(key("b"));
        dynamo.items.put("a", "2");
        dynamo.items.put("b", "2");
        assertThat(read("a")).isEqualTo("1");
        assertThat(read("b")).isEqualTo("2");
    }

    @Test
    void doesNotStoreWhatABatchWriteDidNotProcess() {
        dynamo.items.put("b", "1");
        read("b");
        dynamo.unprocessed = "b";

        dax.batchWriteItem(BatchWriteItemRequest.builder()
                .requestItems(Map.of(TABLE, List.of(put("a", "2"), put("b", "2"))))
                .build());

        assertThat(read("a")).isEqualTo("2");
        assertThat(read("b")).isEqualTo("1");
    }

    @Test
    void isBehindATransactionUntilItHasReadAgain() {
        dynamo.items.put("a", "1");
        read("a");

        dax.transactWriteItems(transaction("a", "2"));
        assertThat(read("a")).isEqualTo("1");

        background.remove().run();
        assertThat(read("a")).isEqualTo("2");
    }

    @Test
    void asksDynamoAfterATransactionThatItCouldNotReadAgain() {
        dynamo.items.put("a", "1");
        read("a");
        dax.transactWriteItems(transaction("a", "2"));
        dynamo.failsTransactionalReads = true;

        background.remove().run();

        assertThat(read("a")).isEqualTo("2");
    }

    @Test
    void doesNotStoreAReadThatAWriteOvertook() {
        dynamo.items.put("a", "1");
        dynamo.beforeAnswer = () -> dax.putItem(
                PutItemRequest.builder().tableName(TABLE).item(item("a", "2")).build());

        assertThat(read("a")).isEqualTo("1");
        assertThat(read("a")).isEqualTo("2");
    }

    @Test
    void doesNotStoreAPageThatAFlushOvertook() {
        dynamo.beforeAnswer = pages::clear;
        query(ReturnConsumedCapacity.NONE);

        query(ReturnConsumedCapacity.NONE);

        assertThat(dynamo.queries).isEqualTo(2);
    }

    @Test
    void answersAPageFromTheCacheThatConsumesNothing() {
        assertThat(query(ReturnConsumedCapacity.TOTAL).consumedCapacity()).isNotNull();

        assertThat(query(ReturnConsumedCapacity.TOTAL).consumedCapacity()).isNull();
        query(ReturnConsumedCapacity.NONE);
        assertThat(dynamo.queries).isEqualTo(1);
    }

    @Test
    void doesNotStoreAnAnswerThatNeverCame() {
        dynamo.beforeAnswer = () -> {
            throw SdkClientException.create("no answer");
        };
        assertThatThrownBy(() -> read("a")).isInstanceOf(SdkClientException.class);
        dynamo.items.put("a", "1");

        assertThat(read("a")).isEqualTo("1");
    }

    @Test
    void letsDynamoSeeABatchThatAsksForAKeyTwice() {
        read("a");

        dax.batchGetItem(BatchGetItemRequest.builder()
                .requestItems(Map.of(
                        TABLE,
                        KeysAndAttributes.builder()
                                .keys(List.of(key("a"), key("a")))
                                .build()))
                .build());

        assertThat(dynamo.batchKeys).isEqualTo(2);
    }

    @Test
    void storesPutNumbersAsDynamoWouldAnswerThem() {
        Map<String, AttributeValue> item =
                Map.of("id", AttributeValue.fromS("a"), "value", AttributeValue.fromN("1.0"));

        dax.putItem(PutItemRequest.builder().tableName(TABLE).item(item).build());

        assertThat(dax.getItem(GetItemRequest.builder()
                                .tableName(TABLE)
                                .key(key("a"))
                                .build())
                        .item())
                .containsEntry("value", AttributeValue.fromN("1"));
    }

    @Test
    void keepsTheNewItemFromACallerWhoDidNotAskForIt() {
        UpdateItemResponse response = dax.updateItem(
                UpdateItemRequest.builder().tableName(TABLE).key(key("a")).build());

        assertThat(response.hasAttributes()).isFalse();
        assertThat(read("a")).isEqualTo("updated");
    }

    private String read(String id) {
        GetItemResponse response = dax.getItem(
                GetItemRequest.builder().tableName(TABLE).key(key(id)).build());
        return response.hasItem() ? text(response.item(), "value") : "none";
    }

    private QueryResponse query(ReturnConsumedCapacity capacity) {
        return dax.query(QueryRequest.builder()
                .tableName(TABLE)
                .returnConsumedCapacity(capacity)
                .build());
    }

    private static TransactWriteItemsRequest transaction(String id, String value) {
        var action = TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE).item(item(id, value)))
                .build();
        return TransactWriteItemsRequest.builder().transactItems(action).build();
    }

    private static WriteRequest put(String id, String value) {
        return WriteRequest.builder()
                .putRequest(put -> put.item(item(id, value)))
                .build();
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    private static Map<String, AttributeValue> item(String id, String value) {
        return Map.of("id", AttributeValue.fromS(id), "value", AttributeValue.fromS(value));
    }

    private static <T> T ofTable(Map<String, T> byTable) {
        return Objects.requireNonNull(byTable.get(TABLE));
    }

    private static String text(Map<String, AttributeValue> attributes, String name) {
        return Objects.requireNonNull(attributes.get(name)).s();
    }

    /** Items by their ids, and what goes wrong. */
    private static final class Dynamo implements ForwardingOperations {

        private final Map<String, String> items = new HashMap<>();
        private String unprocessed = "";
        private boolean failsTransactionalReads;
        private int queries;
        private int batchKeys;

        /** Happens once, between the reading of a value and the answer. */
        private @Nullable Runnable beforeAnswer;

        @Override
        public Operations next() {
            throw new UnsupportedOperationException("not part of this test");
        }

        @Override
        public TableKey keyOf(String table) {
            return new TableKey(new TableKey.KeyAttribute("id", ScalarAttributeType.S), null);
        }

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
            return answer(GetItemResponse.builder()
                    .item(find(text(request.key(), "id")))
                    .build());
        }

        @Override
        public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
            List<Map<String, AttributeValue>> found = new ArrayList<>();
            batchKeys = ofTable(request.requestItems()).keys().size();
            ofTable(request.requestItems()).keys().stream()
                    .filter(key -> !key.equals(key(unprocessed)))
                    .flatMap(key -> Stream.ofNullable(find(text(key, "id"))))
                    .forEach(found::add);
            return BatchGetItemResponse.builder()
                    .responses(Map.of(TABLE, found))
                    .unprocessedKeys(Map.of(
                            TABLE,
                            KeysAndAttributes.builder()
                                    .keys(List.of(key(unprocessed)))
                                    .build()))
                    .build();
        }

        @Override
        public UpdateItemResponse updateItem(UpdateItemRequest request) {
            assertThat(request.returnValues()).isEqualTo(ReturnValue.ALL_NEW);
            return UpdateItemResponse.builder()
                    .attributes(item(text(request.key(), "id"), "updated"))
                    .build();
        }

        @Override
        public PutItemResponse putItem(PutItemRequest request) {
            if (Objects.requireNonNull(request.item().get("value")).type() == AttributeValue.Type.S) {
                store(request.item());
            }
            return PutItemResponse.builder().build();
        }

        @Override
        public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
            List<WriteRequest> left = new ArrayList<>();
            for (WriteRequest write : ofTable(request.requestItems())) {
                if (text(write.putRequest().item(), "id").equals(unprocessed)) {
                    left.add(write);
                } else {
                    store(write.putRequest().item());
                }
            }
            return BatchWriteItemResponse.builder()
                    .unprocessedItems(Map.of(TABLE, left))
                    .build();
        }

        @Override
        public QueryResponse query(QueryRequest request) {
            queries++;
            return answer(QueryResponse.builder()
                    .items(List.of())
                    .count(0)
                    .consumedCapacity(capacity -> capacity.capacityUnits(1.0))
                    .build());
        }

        @Override
        public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
            if (failsTransactionalReads) {
                throw SdkClientException.create("no answer");
            }
            var responses = request.transactItems().stream()
                    .map(each -> ItemResponse.builder()
                            .item(find(text(each.get().key(), "id")))
                            .build())
                    .toList();
            return TransactGetItemsResponse.builder().responses(responses).build();
        }

        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            request.transactItems().forEach(action -> store(action.put().item()));
            return TransactWriteItemsResponse.builder().build();
        }

        private @Nullable Map<String, AttributeValue> find(String id) {
            String value = items.get(id);
            return value == null ? null : item(id, value);
        }

        private void store(Map<String, AttributeValue> item) {
            items.put(text(item, "id"), text(item, "value"));
        }

        private <T> T answer(T answer) {
            Runnable before = beforeAnswer;
            beforeAnswer = null;
            if (before != null) {
                before.run();
            }
            return answer;
        }
    }
}
