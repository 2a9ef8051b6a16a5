package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.localdax.RandomRequests.Placeholders;
import dev.towline.localdax.TableKey.KeyAttribute;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * Random operations through the endpoint, with its caches off, and the same on another table of DynamoDB Local: each answer and each error
 * is the same, and in the end all items are. The seed of a failure is in its message.
 */
@Timeout(300)
class LocalDaxEquivalenceIT {

    private static final int STEPS = Integer.getInteger("localdax.steps", 250);
    private static final long PATIENCE_SECONDS = 30;

    private static DaxFixture fixture;
    private static DynamoDbAsyncClient dax;
    private static DynamoDbAsyncClient dynamo;

    @BeforeAll
    static void start() throws IOException {
        fixture = DaxFixture.withoutCaches();
        dax = fixture.asyncClient();
        dynamo = fixture.asyncDynamo();
    }

    @AfterAll
    static void stop() {
        dax.close();
        dynamo.close();
        fixture.close();
    }

    /** An operation on a table, by either client. */
    private interface Step {
        CompletableFuture<?> run(DynamoDbAsyncClient client, String table);
    }

    /** What came of it, in a form that can be compared: sets and numbers have many. */
    private record Outcome(
            @Nullable Object answer, @Nullable String error) {}

    @ParameterizedTest
    @CsvSource({"S,", "N,", "B,", "S,S", "S,N", "N,B", "B,S"})
    void answersAsDynamo(String hash, @Nullable String range) {
        long seed = Long.getLong("localdax.seed", System.nanoTime());
        var random = new Random(seed);
        String shape = hash + (range == null ? "" : range);
        String run = shape + Math.abs(seed);
        String hashKey = "id:" + hash;
        String rangeKey = range == null ? null : "at:" + range;
        String one = fixture.tableWithIndex("one" + run, hashKey, rangeKey);
        String two = fixture.tableWithIndex("two" + run, hashKey, rangeKey);
        var requests = new RandomRequests(
                random,
                new TableKey(
                        new KeyAttribute("id", ScalarAttributeType.fromValue(hash)),
                        range == null ? null : new KeyAttribute("at", ScalarAttributeType.fromValue(range))));
        List<String> errors = new ArrayList<>();
        for (int i = 0; i < STEPS; i++) {
            var described = new StringBuilder();
            Step step = step(random, requests, described);
            Outcome expected = outcome(step.run(dynamo, two));
            assertThat(outcome(step.run(dax, one)))
                    .as("seed %dL, %s, step %d: %s", seed, shape, i, described)
                    .isEqualTo(expected);
            if (expected.error != null) {
                errors.add(expected.error);
            }
        }
        assertThat(outcome(all(dax, one))).as("seed %dL, %s", seed, shape).isEqualTo(outcome(all(dynamo, two)));
        // most are to say something
        assertThat(errors.size()).as("seed %dL: %s", seed, errors).isLessThan(STEPS / 2);
    }

    private Step step(Random random, RandomRequests requests, StringBuilder described) {
        var given = new Placeholders();
        Map<String, AttributeValue> key = requests.key();
        @Nullable String condition = random.nextInt(3) == 0 ? requests.condition(given, 2) : null;
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> {
                Map<String, AttributeValue> item = requests.item(key);
                ReturnValue asked = random.nextBoolean() ? ReturnValue.ALL_OLD : null;
                described
                        .append("put ")
                        .append(item)
                        .append(" if ")
                        .append(condition)
                        .append(given.names)
                        .append(given.values);
                yield (client, table) -> client.putItem(put -> put.tableName(table)
                                .item(item)
                                .conditionExpression(condition)
                                .expressionAttributeNames(given.namesOrNull())
                                .expressionAttributeValues(given.valuesOrNull())
                                .returnValues(asked))
                        .thenApply(answer -> normal(answer.attributes()));
            }
            case 3, 4 -> {
                String update = requests.update(given);
                ReturnValue asked = List.of(ReturnValue.values()).get(random.nextInt(5));
                described
                        .append("update ")
                        .append(key)
                        .append(update)
                        .append(" if ")
                        .append(condition)
                        .append(given.names)
                        .append(given.values)
                        .append(asked);
                yield (client, table) -> client.updateItem(each -> each.tableName(table)
                                .key(key)
                                .updateExpression(update)
                                .conditionExpression(condition)
                                .expressionAttributeNames(given.namesOrNull())
                                .expressionAttributeValues(given.valuesOrNull())
                                .returnValues(asked))
                        .thenApply(answer -> normal(answer.attributes()));
            }
            case 5 -> {
                described
                        .append("delete ")
                        .append(key)
                        .append(" if ")
                        .append(condition)
                        .append(given.names)
                        .append(given.values);
                yield (client, table) -> client.deleteItem(delete -> delete.tableName(table)
                                .key(key)
                                .conditionExpression(condition)
                                .expressionAttributeNames(given.namesOrNull())
                                .expressionAttributeValues(given.valuesOrNull())
                                .returnValues(ReturnValue.ALL_OLD))
                        .thenApply(answer -> normal(answer.attributes()));
            }
            case 6 -> get(random, requests, key, described);
            case 7 -> query(random, requests, described);
            case 8 -> scan(random, requests, described);
            case 9 -> batch(random, requests, described);
            case 10 -> transactGet(random, requests, described);
            default -> transactWrite(random, requests, described);
        };
    }

    private Step get(Random random, RandomRequests requests, Map<String, AttributeValue> key, StringBuilder described) {
        var given = new Placeholders();
        @Nullable String projection = random.nextBoolean() ? requests.projection(given) : null;
        boolean consistent = random.nextBoolean();
        described.append("get ").append(key).append(projection).append(given.names);
        return (client, table) -> client.getItem(get -> get.tableName(table)
                        .key(key)
                        .consistentRead(consistent)
                        .projectionExpression(projection)
                        .expressionAttributeNames(given.namesOrNull()))
                .thenApply(answer -> List.of(answer.hasItem(), normal(answer.item())));
    }

    private Step query(Random random, RandomRequests requests, StringBuilder described) {
        var given = new Placeholders();
        boolean isIndex = random.nextInt(3) == 0;
        String keyCondition = isIndex
                ? "kind = " + given.value(AttributeValue.fromS("kind" + random.nextInt(2)))
                : requests.keyCondition(given);
        @Nullable String filter = random.nextInt(3) == 0 ? requests.condition(given, 2) : null;
        @Nullable String projection = random.nextInt(3) == 0 ? requests.projection(given) : null;
        var request = QueryRequest.builder()
                .indexName(isIndex ? "by-kind" : null)
                .keyConditionExpression(keyCondition)
                .filterExpression(filter)
                .projectionExpression(projection)
                .expressionAttributeNames(given.namesOrNull())
                .expressionAttributeValues(given.valuesOrNull())
                .scanIndexForward(random.nextBoolean())
                .limit(random.nextBoolean() ? random.nextInt(1, 4) : null)
                .build();
        described.append(request);
        return (client, table) ->
                queryAll(client, request.toBuilder().tableName(table).build(), isIndex);
    }

    private static CompletableFuture<List<Object>> queryAll(
            DynamoDbAsyncClient client, QueryRequest request, boolean isIndex) {
        return client.query(request).thenCompose(page -> {
            List<Object> here = new ArrayList<>();
            // equal ranks of an index have no order of their own
            page.items().forEach(each -> here.add(normal(each)));
            here.add(List.of(page.count(), page.scannedCount(), page.hasLastEvaluatedKey()));
            if (!page.hasLastEvaluatedKey()) {
                return CompletableFuture.completedFuture(here);
            }
            here.add(normal(page.lastEvaluatedKey()));
            return queryAll(
                            client,
                            request.toBuilder()
                                    .exclusiveStartKey(page.lastEvaluatedKey())
                                    .build(),
                            isIndex)
                    .thenApply(
                            rest -> Stream.concat(here.stream(), rest.stream()).toList());
        });
    }

    private Step scan(Random random, RandomRequests requests, StringBuilder described) {
        var given = new Placeholders();
        @Nullable String filter = random.nextBoolean() ? requests.condition(given, 2) : null;
        @Nullable String projection = random.nextInt(3) == 0 ? requests.projection(given) : null;
        var request = ScanRequest.builder()
                .filterExpression(filter)
                .projectionExpression(projection)
                .expressionAttributeNames(given.namesOrNull())
                .expressionAttributeValues(given.valuesOrNull())
                .limit(random.nextBoolean() ? random.nextInt(1, 6) : null)
                .build();
        described.append(request);
        return (client, table) -> scanAll(
                        client, request.toBuilder().tableName(table).build())
                .thenApply(LocalDaxEquivalenceIT::unordered);
    }

    private static CompletableFuture<List<Object>> all(DynamoDbAsyncClient client, String table) {
        return scanAll(
                        client,
                        ScanRequest.builder()
                                .tableName(table)
                                .consistentRead(true)
                                .build())
                .thenApply(LocalDaxEquivalenceIT::unordered);
    }

    private static CompletableFuture<List<Object>> scanAll(DynamoDbAsyncClient client, ScanRequest request) {
        return client.scan(request).thenCompose(page -> {
            List<Object> here = new ArrayList<>();
            page.items().forEach(each -> here.add(normal(each)));
            return page.hasLastEvaluatedKey()
                    ? scanAll(
                                    client,
                                    request.toBuilder()
                                            .exclusiveStartKey(page.lastEvaluatedKey())
                                            .build())
                            .thenApply(rest ->
                                    Stream.concat(here.stream(), rest.stream()).toList())
                    : CompletableFuture.completedFuture(here);
        });
    }

    private Step batch(Random random, RandomRequests requests, StringBuilder described) {
        List<Map<String, AttributeValue>> keys = requests.keys(6);
        if (random.nextBoolean()) {
            List<WriteRequest> writes = new ArrayList<>();
            keys.forEach(each -> {
                Map<String, AttributeValue> item = requests.item(each);
                writes.add(
                        random.nextInt(3) == 0
                                ? WriteRequest.builder()
                                        .deleteRequest(delete -> delete.key(each))
                                        .build()
                                : WriteRequest.builder()
                                        .putRequest(put -> put.item(item))
                                        .build());
            });
            described.append(writes);
            return (client, table) -> client.batchWriteItem(batch -> batch.requestItems(Map.of(table, writes)))
                    .thenApply(answer -> answer.unprocessedItems().size());
        }
        var given = new Placeholders();
        @Nullable String projection = random.nextBoolean() ? requests.projection(given) : null;
        described.append("batch get ").append(keys).append(projection).append(given.names);
        var asked = KeysAndAttributes.builder()
                .keys(keys)
                .projectionExpression(projection)
                .expressionAttributeNames(given.namesOrNull())
                .build();
        return (client, table) -> client.batchGetItem(batch -> batch.requestItems(Map.of(table, asked)))
                .thenApply(answer -> unordered(answer.responses().getOrDefault(table, List.of()).stream()
                        .<Object>map(LocalDaxEquivalenceIT::normal)
                        .toList()));
    }

    private Step transactGet(Random random, RandomRequests requests, StringBuilder described) {
        List<Function<String, TransactGetItem>> gets = new ArrayList<>();
        requests.keys(4).forEach(key -> {
            var given = new Placeholders();
            @Nullable String projection = random.nextBoolean() ? requests.projection(given) : null;
            described.append("transact get ").append(key).append(projection).append(given.names);
            gets.add(table -> TransactGetItem.builder()
                    .get(get -> get.tableName(table)
                            .key(key)
                            .projectionExpression(projection)
                            .expressionAttributeNames(given.namesOrNull()))
                    .build());
        });
        return (client, table) -> client.transactGetItems(transaction -> transaction.transactItems(
                        gets.stream().map(each -> each.apply(table)).toList()))
                .thenApply(answer -> answer.responses().stream()
                        .map(each -> List.of(each.hasItem(), normal(each.item())))
                        .toList());
    }

    private Step transactWrite(Random random, RandomRequests requests, StringBuilder described) {
        List<Function<String, TransactWriteItem>> writes = new ArrayList<>();
        requests.keys(4).forEach(key -> {
            var given = new Placeholders();
            var onFailure = random.nextBoolean() ? ReturnValuesOnConditionCheckFailure.ALL_OLD : null;
            int kind = random.nextInt(4);
            String update = requests.update(kind == 1 ? given : new Placeholders());
            @Nullable String condition = kind == 3 || random.nextInt(3) == 0 ? requests.condition(given, 1) : null;
            Map<String, AttributeValue> item = requests.item(key);
            described
                    .append("transact write ")
                    .append(kind)
                    .append(item)
                    .append(update)
                    .append(condition)
                    .append(given.names)
                    .append(given.values);
            writes.add(table -> {
                TransactWriteItem.Builder write = TransactWriteItem.builder();
                switch (kind) {
                    case 0 ->
                        write.put(put -> put.tableName(table)
                                .item(item)
                                .conditionExpression(condition)
                                .expressionAttributeNames(given.namesOrNull())
                                .expressionAttributeValues(given.valuesOrNull())
                                .returnValuesOnConditionCheckFailure(onFailure));
                    case 1 ->
                        write.update(each -> each.tableName(table)
                                .key(key)
                                .updateExpression(update)
                                .conditionExpression(condition)
                                .expressionAttributeNames(given.namesOrNull())
                                .expressionAttributeValues(given.valuesOrNull())
                                .returnValuesOnConditionCheckFailure(onFailure));
                    case 2 ->
                        write.delete(delete -> delete.tableName(table)
                                .key(key)
                                .conditionExpression(condition)
                                .expressionAttributeNames(given.namesOrNull())
                                .expressionAttributeValues(given.valuesOrNull())
                                .returnValuesOnConditionCheckFailure(onFailure));
                    default ->
                        write.conditionCheck(check -> check.tableName(table)
                                .key(key)
                                .conditionExpression(condition)
                                .expressionAttributeNames(given.namesOrNull())
                                .expressionAttributeValues(given.valuesOrNull())
                                .returnValuesOnConditionCheckFailure(onFailure));
                }
                return write.build();
            });
        });
        return (client, table) -> client.transactWriteItems(transaction -> transaction.transactItems(
                        writes.stream().map(each -> each.apply(table)).toList()))
                .thenApply(_ -> "written");
    }

    private static Outcome outcome(CompletableFuture<?> future) {
        try {
            return new Outcome(
                    future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join(), null);
        } catch (CompletionException e) {
            return switch (e.getCause()) {
                case TransactionCanceledException cancelled ->
                    // the Java client sends the actions by their kind, and hands out the reasons in that order
                    new Outcome(
                            unordered(cancelled.cancellationReasons().stream()
                                    .<Object>map(reason -> List.of(reason.code(), normal(reason.item())))
                                    .toList()),
                            "cancelled");
                case DynamoDbException error ->
                    new Outcome(
                            null,
                            error.getClass().getSimpleName() + " "
                                    + error.awsErrorDetails().errorCode());
                case SdkClientException error -> new Outcome(null, error.toString());
                case null, default -> throw e;
            };
        }
    }

    private static List<Object> unordered(List<Object> items) {
        return items.stream()
                .sorted(java.util.Comparator.comparing(Object::toString))
                .toList();
    }

    private static Map<String, Object> normal(Map<String, AttributeValue> item) {
        Map<String, Object> normal = new TreeMap<>();
        item.forEach((name, value) -> normal.put(name, normal(value)));
        return normal;
    }

    private static Object normal(AttributeValue value) {
        return switch (value.type()) {
            case N -> number(value.n());
            case L -> value.l().stream().map(LocalDaxEquivalenceIT::normal).toList();
            case M -> normal(value.m());
            case SS -> Map.of("SS", value.ss().stream().sorted().toList());
            case NS ->
                Map.of(
                        "NS",
                        value.ns().stream()
                                .map(LocalDaxEquivalenceIT::number)
                                .sorted()
                                .toList());
            case BS ->
                Map.of(
                        "BS",
                        value.bs().stream()
                                .map(each -> Arrays.toString(each.asByteArray()))
                                .sorted()
                                .toList());
            default -> value;
        };
    }

    private static BigDecimal number(String number) {
        return new BigDecimal(number).stripTrailingZeros();
    }
}
