package dev.towline.dynamo;

import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import dev.towline.store.ChangeStages;
import dev.towline.store.Entity;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/** A store that adds up what DynamoDB says its requests consumed. */
public final class MeteredStore implements AutoCloseable {

    private final LongAdder requests = new LongAdder();
    private final DoubleAdder readUnits = new DoubleAdder();
    private final DoubleAdder writeUnits = new DoubleAdder();
    private final LongAdder unitsBySize = new LongAdder();
    private final ToIntFunction<Entity> itemBytes;
    private final DynamoDbClient client;
    private final Store store;

    /**
     * What was consumed.
     *
     * @param writeUnits as DynamoDB says
     * @param unitsBySize write units by the sizes of the items: a transaction takes twice as many as single writes
     */
    public record Consumed(long requests, double readUnits, double writeUnits, long unitsBySize) {

        public Consumed plus(Consumed other) {
            return new Consumed(
                    requests + other.requests,
                    readUnits + other.readUnits,
                    writeUnits + other.writeUnits,
                    unitsBySize + other.unitsBySize);
        }

        public Consumed minus(Consumed before) {
            return new Consumed(
                    requests - before.requests,
                    readUnits - before.readUnits,
                    writeUnits - before.writeUnits,
                    unitsBySize - before.unitsBySize);
        }
    }

    /**
     * Creates the tables. Blocks.
     *
     * @param itemBytes the size of the item of an entity
     */
    public MeteredStore(String endpoint, String tablePrefix, List<Table<?>> tables, ToIntFunction<Entity> itemBytes) {
        this.itemBytes = itemBytes;
        DynamoSettings settings = StoreFixture.settings(endpoint, tablePrefix, Map.of());
        client = DynamoDbClient.builder()
                .region(Region.of(settings.region()))
                .endpointOverride(URI.create(endpoint))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(64))
                .overrideConfiguration(calls -> calls.addExecutionInterceptor(new Meter()))
                .build();
        new TableSetup(client, new TableNames(tablePrefix), endpoint, true).prepare(tables);
        store = DynamoConfiguration.assemble(
                settings,
                client,
                null,
                tables,
                new VersionFloors(Duration.ofMinutes(10), InstantSource.system()),
                new ChangeStages(() -> List.of(new Sizes())),
                ObservationRegistry.NOOP,
                new SimpleMeterRegistry());
    }

    public Store store() {
        return store;
    }

    public Consumed consumed() {
        return new Consumed(requests.sum(), readUnits.sum(), writeUnits.sum(), unitsBySize.sum());
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Sizes implements ChangeStage {

        @Override
        public Stage stage() {
            return Stage.LOCAL;
        }

        @Override
        public void pass(ChangeEvent event) {
            if (event instanceof ChangeEvent.Applied applied) {
                int units = applied.changes().stream()
                        .mapToInt(change -> ItemSize.writeUnits(itemBytes.applyAsInt(change.value())))
                        .sum();
                unitsBySize.add(applied.changes().size() == 1 ? units : 2L * units);
            }
        }
    }

    private final class Meter implements ExecutionInterceptor {

        @Override
        public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
            ReturnConsumedCapacity total = ReturnConsumedCapacity.TOTAL;
            return switch (context.request()) {
                case GetItemRequest get ->
                    get.toBuilder().returnConsumedCapacity(total).build();
                case QueryRequest query ->
                    query.toBuilder().returnConsumedCapacity(total).build();
                case PutItemRequest put ->
                    put.toBuilder().returnConsumedCapacity(total).build();
                case TransactWriteItemsRequest transaction ->
                    transaction.toBuilder().returnConsumedCapacity(total).build();
                default -> context.request();
            };
        }

        @Override
        public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
            SdkResponse response = context.response();
            switch (response) {
                case GetItemResponse got -> count(readUnits, List.of(got.consumedCapacity()));
                case QueryResponse found -> count(readUnits, List.of(found.consumedCapacity()));
                case PutItemResponse put -> count(writeUnits, List.of(put.consumedCapacity()));
                case TransactWriteItemsResponse written -> count(writeUnits, written.consumedCapacity());
                default -> {}
            }
        }

        private void count(DoubleAdder units, List<ConsumedCapacity> consumed) {
            requests.increment();
            consumed.forEach(each -> units.add(each.capacityUnits()));
        }
    }
}
