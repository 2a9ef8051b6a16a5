package dev.towline.dynamo;

import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.function.SingletonSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Configuration(proxyBeanMethods = false)
class DynamoConfiguration {

    @Bean
    DynamoDbClient dynamoDbClient(DynamoSettings settings) {
        return Clients.dynamo(settings);
    }

    @Bean
    @ConditionalOnProperty("towline.dynamo.dax-url")
    DynamoDbAsyncClient daxClient(DynamoSettings settings) {
        return Clients.dax(settings);
    }

    @Bean
    Table<ClientToken> clientTokensTable() {
        return ClientToken.TABLE;
    }

    @Bean
    Floors floors(DynamoSettings settings, InstantSource clock) {
        Duration lag = settings.daxUrl() == null ? Floors.LAG : settings.floorRetention();
        return new Floors(settings.floorRetention(), lag, clock, Floors.MOST);
    }

    @Bean
    EntityBytes entityBytes(List<Table<?>> tables) {
        return new EntityBytes(tables);
    }

    @Bean
    BatchReads batchReads(ObjectProvider<EntityReads> reads, Store store) {
        return new BatchReads(SingletonSupplier.of(() -> reads.getIfAvailable(() -> BatchReads.straight(store))));
    }

    /** Whoever has the store has its tables: it is made when they are there. */
    @Bean
    Store store(
            DynamoSettings settings,
            DynamoDbClient dynamo,
            ObjectProvider<DynamoDbAsyncClient> dax,
            ObjectProvider<Table<?>> tableBeans,
            Floors floors,
            ObjectProvider<ChangeListener> listeners,
            ObservationRegistry observations) {
        List<Table<?>> tables = tableBeans.orderedStream().toList();
        new TableSetup(dynamo, new TableNames(settings.tablePrefix()), place(settings), settings.createTables())
                .prepare(tables);
        return assemble(
                settings,
                dynamo,
                dax.getIfAvailable(),
                tables,
                floors,
                new ChangeListeners(
                        SingletonSupplier.of(() -> listeners.orderedStream().toList())),
                observations);
    }

    static Store assemble(
            DynamoSettings settings,
            DynamoDbClient dynamo,
            @Nullable DynamoDbAsyncClient dax,
            List<Table<?>> tables,
            Floors floors,
            ChangeListeners listeners,
            ObservationRegistry observations) {
        TableNames names = new TableNames(settings.tablePrefix());
        Calls calls = new Calls(observations);
        Backoff backoff = new Backoff(settings.backoffBase(), settings.backoffMax());
        BatchGet batches = new BatchGet(names, backoff, settings.maxAttempts(), calls);
        StraightReads straight = new StraightReads(dynamo, names, batches, calls, false);
        StraightReads consistent = new StraightReads(dynamo, names, batches, calls, true);
        return new Store(
                dax == null
                        ? straight
                        : warm(new DaxReads(dax, settings.attemptTimeout(), batches, straight, calls), tables),
                consistent,
                floors,
                new Lists(dynamo, names, calls),
                new Writes(dynamo, new WriteRequests(names), consistent, backoff, calls),
                listeners,
                backoff,
                new Probe(dynamo, names, tables, calls));
    }

    private static Reads warm(DaxReads reads, List<Table<?>> tables) {
        Thread.ofVirtual().name("dax-warm-up").start(() -> reads.warmUp(tables));
        return reads;
    }

    private static String place(DynamoSettings settings) {
        URI endpoint = settings.endpoint();
        return endpoint == null ? "AWS, " + settings.region() : endpoint.toString();
    }
}
