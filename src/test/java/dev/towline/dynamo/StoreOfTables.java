package dev.towline.dynamo;

import dev.towline.local.SharedStack;
import dev.towline.resolver.Timers;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import dev.towline.store.ChangeStages;
import dev.towline.store.Entity;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** Stores of any feature's tables, which begin empty, behind a DynamoDB that can be made to fail. */
public final class StoreOfTables implements AutoCloseable {

    private final FaultyDynamo faulty =
            FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint());
    private final List<Table<?>> tables;
    private final DynamoSettings settings;
    private final DynamoDbClient client;
    private final List<ChangeEvent.Applied> announced = new CopyOnWriteArrayList<>();

    /** Creates the tables. Blocks. */
    public StoreOfTables(Table<?>... tables) {
        this.tables = List.of(tables);
        this.settings = StoreFixture.settings(faulty.endpoint(), "t" + UUID.randomUUID() + "-", Map.of());
        this.client = Clients.dynamo(settings, new Timers());
        new TableSetup(client, new TableNames(settings.tablePrefix()), "the test's", true).prepare(this.tables);
        faulty.forgetRequests();
    }

    /** What an instance has: its own floors, and the same tables as all others. */
    public Store instance() {
        return DynamoConfiguration.assemble(
                settings,
                client,
                null,
                tables,
                new VersionFloors(Duration.ofMinutes(10), InstantSource.system()),
                new ChangeStages(() -> List.of(new Announced())),
                ObservationRegistry.create(),
                new SimpleMeterRegistry());
    }

    /** What the names of its tables begin with, for a service that is to use them. */
    public String tablePrefix() {
        return settings.tablePrefix();
    }

    public FaultyDynamo faulty() {
        return faulty;
    }

    /** The writes that instances announced, in their order. */
    public List<ChangeEvent.Applied> announced() {
        return announced;
    }

    /** The bytes of an item as DynamoDB counts them. */
    public static <T extends Entity> int itemBytes(Table<T> table, T entity) {
        return ItemSize.bytes(Items.item(table, entity));
    }

    /** The epochs of the tables. Blocks. */
    TableEpochs epochs(VersionFloors floors, Consumer<ChangeEvent> events) {
        ChangeStage stage = new ChangeStage() {
            @Override
            public Stage stage() {
                return Stage.LOCAL;
            }

            @Override
            public void pass(ChangeEvent event) {
                events.accept(event);
            }
        };
        return new TableEpochs(
                client,
                new TableNames(settings.tablePrefix()),
                tables,
                floors,
                new ChangeStages(() -> List.of(stage)),
                new Calls(ObservationRegistry.NOOP, new SimpleMeterRegistry()));
    }

    /** A table that is to be replaced. Blocks. */
    ReplacedTable replaced(Table<?> table) {
        return ReplacedTable.backUp(
                SharedStack.stack().dynamo().endpoint(), new TableNames(settings.tablePrefix()).of(table));
    }

    /** Deletes all rows of a table, as their expiry does. Blocks. */
    public void clear(Table<?> table) {
        String name = new TableNames(settings.tablePrefix()).of(table);
        List<String> keys = client.describeTable(request -> request.tableName(name)).table().keySchema().stream()
                .map(KeySchemaElement::attributeName)
                .toList();
        client.scanPaginator(request -> request.tableName(name)).items().forEach(item -> {
            Map<String, AttributeValue> key = new HashMap<>(item);
            key.keySet().retainAll(keys);
            client.deleteItem(request -> request.tableName(name).key(key));
        });
    }

    @Override
    public void close() {
        client.close();
        faulty.close();
    }

    private final class Announced implements ChangeStage {

        @Override
        public Stage stage() {
            return Stage.LOCAL;
        }

        @Override
        public void pass(ChangeEvent event) {
            if (event instanceof ChangeEvent.Applied applied) {
                announced.add(applied);
            }
        }
    }
}
