package dev.towline.dynamo;

import dev.towline.resolver.Timers;
import dev.towline.store.ChangeStages;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@Configuration(proxyBeanMethods = false)
class DynamoConfiguration {

    @Bean
    DynamoDbClient dynamoDbClient(DynamoSettings settings, @Qualifier("timers") Timers timers) {
        return Clients.dynamo(settings, timers);
    }

    @Bean
    VersionFloors floors(DynamoSettings settings, InstantSource clock) {
        return new VersionFloors(settings.floorRetention(), SteadyClock.from(clock));
    }

    /** Creates or verifies the tables first, so that the store is usable when it is injected. */
    @Bean
    Store store(
            DynamoSettings settings,
            DynamoDbClient dynamo,
            ObjectProvider<DaxPath> dax,
            DaxSettings daxSettings,
            ObjectProvider<Table<?>> tableBeans,
            VersionFloors floors,
            ChangeStages stages,
            ObservationRegistry observations,
            MeterRegistry meters) {
        List<Table<?>> tables = tableBeans.orderedStream().toList();
        new TableSetup(dynamo, new TableNames(settings.tablePrefix()), place(settings), settings.createTables())
                .prepare(tables);
        DaxPath path = dax.getIfAvailable();
        if (path == null) {
            return assemble(settings, dynamo, null, tables, floors, stages, observations, meters);
        }
        path.cluster().warmUp();
        BiFunction<BatchGet, Reads, Reads> inFront = (batches, straight) ->
                new DaxReads(path, daxSettings.tables(), batches.withAttempts(1), straight, meters);
        return assemble(settings, dynamo, inFront, tables, floors, stages, observations, meters);
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
            ObservationRegistry observations,
            MeterRegistry meters) {
        return new TableEpochs(
                dynamo,
                new TableNames(settings.tablePrefix()),
                tableBeans.orderedStream().toList(),
                floors,
                stages,
                new Calls(observations, meters));
    }

    /** @param inFront puts DAX in front of the eventually consistent reads from DynamoDB; null for no DAX */
    static Store assemble(
            DynamoSettings settings,
            DynamoDbClient dynamo,
            @Nullable BiFunction<BatchGet, Reads, Reads> inFront,
            List<Table<?>> tables,
            VersionFloors floors,
            ChangeStages stages,
            ObservationRegistry observations,
            MeterRegistry meters) {
        tables.forEach(table -> meters.counter(DynamoStore.OUTDATED, "table", table.name()));
        TableNames names = new TableNames(settings.tablePrefix());
        Calls calls = new Calls(observations, meters);
        Backoff backoff = new Backoff(settings.backoffBase(), settings.backoffMax());
        BatchGet batches = new BatchGet(names, backoff, settings.maxAttempts(), calls);
        StraightReads straight = new StraightReads(dynamo, names, batches, calls, false);
        StraightReads consistent = new StraightReads(dynamo, names, batches, calls, true);
        return new DynamoStore(
                inFront == null ? straight : inFront.apply(batches, straight),
                consistent,
                floors,
                new Lists(dynamo, names, calls),
                new Writes(dynamo, new WriteRequests(names), consistent, backoff, calls),
                stages,
                backoff,
                new Probe(dynamo, names, tables, calls),
                meters);
    }

    private static String place(DynamoSettings settings) {
        URI endpoint = settings.endpoint();
        return endpoint == null ? "AWS, " + settings.region() : endpoint.toString();
    }
}
