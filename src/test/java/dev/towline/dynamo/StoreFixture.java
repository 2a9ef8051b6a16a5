package dev.towline.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.local.EmbeddedDax;
import dev.towline.local.SharedStack;
import dev.towline.resolver.Timers;
import dev.towline.store.Change;
import dev.towline.store.ChangeEvent;
import dev.towline.store.ChangeStage;
import dev.towline.store.ChangeStages;
import dev.towline.store.Entity;
import dev.towline.store.EntityKey;
import dev.towline.store.Notes;
import dev.towline.store.Notes.Note;
import dev.towline.store.Store;
import dev.towline.store.Table;
import dev.towline.store.VersionFloors;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A store with empty tables of its own, behind a DynamoDB that can be made to fail, and with time limits that tests can wait for. */
final class StoreFixture implements AutoCloseable {

    final FaultyDynamo faulty =
            FaultyDynamo.inFrontOf(SharedStack.stack().dynamo().endpoint());
    final List<Change> heard = new CopyOnWriteArrayList<>();
    final List<EntityKey> doubts = new CopyOnWriteArrayList<>();
    final List<ChangeStage> stages = new CopyOnWriteArrayList<>(List.of(new Heard()));
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final VersionFloors floors = new VersionFloors(Duration.ofMinutes(10), InstantSource.system());
    final DynamoSettings settings;
    final DynamoDbClient client;
    private final @Nullable DaxSettings daxSettings;
    private final @Nullable DaxCluster dax;

    private @Nullable EmbeddedDax ownDax;

    /** Whether the changes of other instances provably arrive. */
    volatile boolean isProven = true;

    final Store store;

    /** Of {@link #elsewhere()}. */
    final VersionFloors floorsElsewhere = new VersionFloors(Duration.ofMinutes(10), InstantSource.system());

    private final class Heard implements ChangeStage {

        @Override
        public Stage stage() {
            return Stage.LOCAL;
        }

        @Override
        public void pass(ChangeEvent event) {
            switch (event) {
                case ChangeEvent.Applied applied -> heard.addAll(applied.changes());
                case ChangeEvent.Doubt doubt -> doubts.addAll(doubt.keys());
                case ChangeEvent.Gap _ -> throw new AssertionError("a store knows of no gap");
            }
        }
    }

    /** @param dax from the endpoint of DynamoDB, which fails on demand */
    private StoreFixture(Map<String, String> more, Function<String, @Nullable DaxSettings> dax) {
        DaxSettings daxSettings = dax.apply(faulty.endpoint());
        settings = settings(faulty.endpoint(), "t" + UUID.randomUUID() + "-", more);
        client = Clients.dynamo(settings, new Timers());
        List<Table<?>> tables = List.of(Notes.NOTES, Notes.LINES);
        setup(true).prepare(tables);
        ObservationRegistry observations = ObservationRegistry.create();
        observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
        this.dax = daxSettings == null
                ? null
                : new DaxCluster(
                        daxSettings,
                        names(),
                        tables,
                        seed -> Clients.dax(settings, daxSettings, Clients.credentials(settings), seed),
                        new Calls(observations, meters));
        store = DynamoConfiguration.assemble(
                settings,
                client,
                inFront(daxSettings, floors),
                tables,
                floors,
                new ChangeStages(() -> stages),
                observations,
                meters);
        this.daxSettings = daxSettings;
        faulty.forgetRequests();
    }

    private @Nullable BiFunction<BatchGet, Reads, Reads> inFront(
            @Nullable DaxSettings daxSettings, VersionFloors floors) {
        DaxCluster cluster = dax;
        return cluster == null || daxSettings == null
                ? null
                : (batches, straight) -> new DaxReads(
                        new DaxPath(cluster, daxSettings.lag(), floors, () -> isProven),
                        daxSettings.tables(),
                        batches,
                        straight,
                        meters);
    }

    /** Of a fixture with DAX. */
    DaxCluster dax() {
        return Objects.requireNonNull(dax);
    }

    /** How often reads went past DAX for this reason. */
    double bypassed(String reason) {
        return meters.find(DaxReads.BYPASSED).tag("reason", reason).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** A store on the same tables without the version floors of this one. */
    Store elsewhere() {
        return DynamoConfiguration.assemble(
                settings,
                client,
                inFront(daxSettings, floorsElsewhere),
                List.of(Notes.NOTES, Notes.LINES),
                floorsElsewhere,
                new ChangeStages(List::of),
                ObservationRegistry.create(),
                new SimpleMeterRegistry());
    }

    /**
     * A store on the same tables with these floors.
     *
     * @param afterRead runs after each eventually consistent read, before its result is judged
     */
    Store store(VersionFloors otherFloors, Runnable afterRead) {
        return DynamoConfiguration.assemble(
                settings,
                client,
                (_, straight) -> (table, keys) -> {
                    var items = straight.items(table, keys);
                    afterRead.run();
                    return items;
                },
                List.of(Notes.NOTES, Notes.LINES),
                otherFloors,
                new ChangeStages(List::of),
                ObservationRegistry.create(),
                new SimpleMeterRegistry());
    }

    static StoreFixture start() {
        return new StoreFixture(Map.of(), _ -> null);
    }

    static StoreFixture start(String setting, String value) {
        return new StoreFixture(Map.of(setting, value), _ -> null);
    }

    /** Reads through DAX. */
    static StoreFixture startWithDax(Map<String, String> dax) {
        Map<String, String> settings = new HashMap<>(Map.of("tables", "notes"));
        settings.putAll(dax);
        return new StoreFixture(Map.of(), _ -> bindDax(settings));
    }

    /** Reads through a DAX of its own, which fails when DynamoDB does. */
    static StoreFixture startOverDax() {
        EmbeddedDax[] own = new EmbeddedDax[1];
        StoreFixture fixture = new StoreFixture(Map.of(), endpoint -> {
            own[0] = EmbeddedDax.inFrontOf(endpoint, 0, Duration.ofMinutes(5));
            return bindDax(Map.of(
                    "urls", own[0].cluster().url(),
                    "tables", "notes",
                    "time-limit", "2s",
                    "slow-call", "2s",
                    "retry-after", "100ms"));
        });
        fixture.ownDax = own[0];
        return fixture;
    }

    static DynamoSettings settings(String endpoint, String tablePrefix, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "endpoint", endpoint,
                "access-key-id", "local",
                "secret-access-key", "local",
                "table-prefix", tablePrefix,
                "attempt-timeout", "700ms",
                "call-timeout", "5s",
                "max-attempts", "3",
                "backoff-base", "5ms",
                "backoff-max", "50ms"));
        settings.putAll(more);
        return bind(settings);
    }

    static DynamoSettings bind(Map<String, String> settings) {
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("towline.dynamo." + name, value));
        return new Binder(new MapConfigurationPropertySource(named))
                .bindOrCreate("towline.dynamo", DynamoSettings.class);
    }

    static DaxSettings bindDax(Map<String, String> settings) {
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("towline.dax." + name, value));
        return new Binder(new MapConfigurationPropertySource(named)).bindOrCreate("towline.dax", DaxSettings.class);
    }

    TableSetup setup(boolean creates) {
        return new TableSetup(client, names(), "the test's", creates);
    }

    TableNames names() {
        return new TableNames(settings.tablePrefix());
    }

    /** Asserts that exactly these are stored and were passed to the stages once, in this order. */
    void assertAppliedOnce(Note... notes) {
        for (Note note : notes) {
            assertThat(store.getConsistently(Notes.NOTES, note.key())).isEqualTo(note);
        }
        assertThat(heard).extracting(Change::value).containsExactly((Entity[]) notes);
    }

    /** How many calls were timed with these tags. */
    long calls(String... tags) {
        return meters.find(Calls.NAME).tags(tags).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    @Override
    public void close() {
        if (dax != null) {
            dax.close();
        }
        client.close();
        if (ownDax != null) {
            ownDax.close();
        }
        faulty.close();
    }
}
