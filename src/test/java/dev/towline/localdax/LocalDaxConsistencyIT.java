package dev.towline.localdax;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/** As long as all writes go through one node, its item cache is never behind DynamoDB once they have ended. */
class LocalDaxConsistencyIT {

    private static final int NUMBERS = 4;
    private static final int CLIENTS = 6;
    private static final List<ReturnValue> RETURN_VALUES = List.of(
            ReturnValue.NONE,
            ReturnValue.ALL_OLD,
            ReturnValue.UPDATED_OLD,
            ReturnValue.ALL_NEW,
            ReturnValue.UPDATED_NEW);

    @AutoClose
    private static final CacheFixture tables = new CacheFixture("localdax-consistency");

    @AutoClose
    private static final LocalDax dax = tables.dax().start();

    @AutoClose
    private static final DynamoDbClient client = CacheFixture.connect(dax.url());

    private final long seed = Long.getLong("localdax.seed", System.nanoTime());

    @Test
    void showsEveryWriteOfASequence() {
        RandomGenerator random = random(0);
        for (int step = 0; step < 150; step++) {
            int number = random.nextInt(NUMBERS);
            perform(random, "sequence", number);
            assertThat(tables.read(client, "sequence", number))
                    .as("step %d of seed %d", step, seed)
                    .isEqualTo(tables.readConsistently(tables.dynamo(), "sequence", number));
        }
    }

    @Test
    void showsTheLastOfManyWritesAtATime() throws Exception {
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (int round = 0; round < 60; round++) {
                String group = "round " + round;
                List<Callable<Void>> tasks = new ArrayList<>();
                for (int each = 0; each < CLIENTS; each++) {
                    RandomGenerator random = random(round * CLIENTS + each);
                    tasks.add(() -> {
                        perform(random, group, 0);
                        perform(random, group, 0);
                        return null;
                    });
                }
                for (var task : threads.invokeAll(tasks)) {
                    task.get();
                }
                assertThat(tables.read(client, group, 0))
                        .as("%s of seed %d", group, seed)
                        .isEqualTo(tables.readConsistently(tables.dynamo(), group, 0));
            }
        }
    }

    private void perform(RandomGenerator random, String group, int number) {
        String text = String.valueOf(random.nextInt());
        switch (random.nextInt(6)) {
            case 0 -> tables.put(client, group, number, text);
            case 1 -> tables.delete(client, group, number);
            case 2 -> update(group, number, text, RETURN_VALUES.get(random.nextInt(RETURN_VALUES.size())));
            case 3 -> putIfAbsent(group, number, text);
            default -> tables.read(client, group, number);
        }
    }

    private static void update(String group, int number, String text, ReturnValue returnValue) {
        client.updateItem(request -> request.tableName(tables.table())
                .key(CacheFixture.key(group, number))
                .updateExpression("SET #text = :text")
                .expressionAttributeNames(Map.of("#text", "text"))
                .expressionAttributeValues(Map.of(":text", AttributeValue.fromS(text)))
                .returnValues(returnValue));
    }

    private static void putIfAbsent(String group, int number, String text) {
        try {
            client.putItem(request -> request.tableName(tables.table())
                    .item(CacheFixture.item(group, number, text))
                    .conditionExpression("attribute_not_exists(#text)")
                    .expressionAttributeNames(Map.of("#text", "text")));
        } catch (ConditionalCheckFailedException e) {
            // changes nothing
        }
    }

    private RandomGenerator random(int stream) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed + stream);
    }
}
