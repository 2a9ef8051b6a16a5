package dev.towline.dynamo;

import dev.towline.store.ChangeStages;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
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
import org.springframework.context.annotation.DependsOn;
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
    VersionFloors floors(DynamoSettings settings, InstantSource clock) {
        Duration lag = settings.daxUrl() == null ? VersionFloors.LAG : settings.floorRetention();
        return new VersionFloors(settings.floorRetention(), lag, clock, VersionFloors.MOST);
    }

    /** Creates or verifies the tables first, so that the store is usable when it is injected. */
    @Bean
    Store store(
            DynamoSettings settings,
            DynamoDbClient dynamo,
            ObjectProvider<DynamoDbAsyncClient> dax,
            ObjectProvider<Table<?>> tableBeans,
            VersionFloors floors,
            ChangeStages stages,
            ObservationRegistry observations) {
        List<Table<?>> tables = tableBeans.orderedStream().toList();
        new TableSetup(dynamo, new TableNames(settings.tablePrefix()), place(settings), settings.createTables())
                .prepare(tables);
        return assemble(settings, dynamo, dax.getIfAvailable(), tables, floors, stages, observations);
    }

    /** Depends on the store, which prepares the tables. */
    @Bean
    @DependsOn("store")
    TableEpochs tableEpochs(
            DynamoSettings settings,
            DynamoDbClient dynamo,
            ObjectProvider<Table<?>> tableBeans,
            VersionFloors floors,
            ChangeStages stages,
            ObservationRegistry observations) {
        return new TableEpochs(
                dynamo,
                new TableNames(settings.tablePrefix()),
                tableBeans.orderedStream().toList(),
                floors,
                stages,
                new Calls(observations));
    }

    static Store assemble(
            DynamoSettings settings,
            DynamoDbClient dynamo,
            @Nullable DynamoDbAsyncClient dax,
            List<Table<?>> tables,
            VersionFloors floors,
            ChangeStages stages,
            ObservationRegistry observations) {
        TableNames names = new TableNames(settings.tablePrefix());
        Calls calls = new Calls(observations);
        Backoff backoff = new Backoff(settings.backoffBase(), settings.backoffMax());
        BatchGet batches = new BatchGet(names, backoff, settings.maxAttempts(), calls);
        StraightReads straight = new StraightReads(dynamo, names, batches, calls, false);
        StraightReads consistent = new StraightReads(dynamo, names, batches, calls, true);
        return new DynamoStore(
                dax == null
                        ? straight
                        : warm(new DaxReads(dax, settings.attemptTimeout(), batches, straight, calls), tables),
                consistent,
                floors,
                new Lists(dynamo, names, calls),
                new Writes(dynamo, new WriteRequests(names), consistent, backoff, calls),
                stages,
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
