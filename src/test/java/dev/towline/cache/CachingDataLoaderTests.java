package dev.towline.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.towline.problem.Unavailable;
import dev.towline.store.EntityKey;
import graphql.ExecutionResult;
import graphql.GraphQLContext;
import graphql.schema.DataFetchingEnvironment;
import graphql.schema.DataFetchingEnvironmentImpl;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.dataloader.BatchLoaderEnvironment;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.junit.jupiter.api.Test;

/** Failed batches of a {@link CachingDataLoader}. */
class CachingDataLoaderTests {

    private static final String SCHEMA = """
        type Query {
          lasting(id: ID!): Truck @cache(ttlSeconds: 10, staleOnErrorSeconds: 60, scope: PUBLIC)
          strict(id: ID!): Truck @cache(ttlSeconds: 10, scope: PUBLIC)
        }
        type Truck { id: ID! version: Int! }
        """;

    private final CacheFixture fixture = new CacheFixture(Runnable::run);
    private final TruckService service = new TruckService(
            fixture,
            SCHEMA,
            type -> type.dataFetcher("lasting", TruckService::load).dataFetcher("strict", TruckService::load));

    @Test
    void servesAStaleEntryIfAnotherKeyOfItsBatchFails() {
        fixture.store(Truck.at(Around.INSIDE, 1));
        assertThat(faults("{ a: lasting(id: \"k1\") { id } }")).isEmpty();
        cutOff();
        assertThat(faults(
                        "{ a: lasting(id: \"k1\") { id } b: lasting(id: \"k2\") { id } c: strict(id: \"k1\") { id } }"))
                .containsExactlyInAnyOrder("/b", "/c");
        assertThat(fixture.reads.getLast()).as("one batch").hasSize(2);
    }

    @Test
    void servesAnEntryThatWasLoadedMeanwhileIfItsBatchFails() {
        fixture.store(Truck.at(Around.INSIDE, 1));
        fixture.beforeRead = () -> {
            fixture.entries.offer(
                    Truck.ref("k1"), new EntityEntry(Truck.at(Around.INSIDE, 1), fixture.now), new AtomicBoolean());
            throw new Unavailable("cut off", null);
        };
        assertThat(faults("{ a: strict(id: \"k1\") { id } b: strict(id: \"k2\") { id } }"))
                .containsExactly("/b");
    }

    private void cutOff() {
        fixture.now = fixture.now.plusSeconds(15);
        fixture.onRead = () -> {
            throw new Unavailable("cut off", null);
        };
    }

    /** The paths of the failed fields. All other fields have data. */
    private List<String> faults(String document) {
        ExecutionResult result = service.execute(document, Map.of());
        Map<String, Object> data = Objects.requireNonNull(result.getData());
        List<String> faults = result.getErrors().stream()
                .map(error -> "/" + Objects.requireNonNull(error.getPath()).getFirst())
                .toList();
        assertThat(data.keySet())
                .allMatch(
                        name -> (data.get(name) == null) == faults.contains("/" + name),
                        Arrays.toString(faults.toArray()));
        return faults;
    }

    @Test
    void everyAnswerWithAnEntityIsAUse() {
        fixture.store(Thing.of("a", 1));
        for (int i = 0; i < 3; i++) {
            lookUp("a");
            lookUp("gone");
        }
        assertThat(fixture.reads.stream().flatMap(List::stream)).as("read once").containsOnlyOnce(key("a"));
        assertThat(fixture.used).containsExactly(key("a"), key("a"), key("a"));
    }

    private void lookUp(String id) {
        CachePolicy policy = Policies.of("ttlSeconds: 10, scope: PUBLIC, negativeSeconds: 5");
        DataLoader<Thing.Key, Thing> loader =
                DataLoaderFactory.newMappedDataLoader((Set<Thing.Key> keys, BatchLoaderEnvironment environment) ->
                        fixture.cache.read(CacheFixture.THINGS, keys, environment.getKeyContexts()));
        DataFetchingEnvironment environment = DataFetchingEnvironmentImpl.newDataFetchingEnvironment()
                .graphQLContext(GraphQLContext.getDefault())
                .build();
        CachedField field = new CachedField(policy, fixture.metrics);
        CompletableFuture<Thing> found =
                new CachingDataLoader<>(loader, field, fixture.cache, environment).load(new Thing.Key(Thing.ACME, id));
        loader.dispatchAndJoin();
        found.join();
    }

    private static EntityKey key(String id) {
        return Thing.of(id, 1).key();
    }
}
